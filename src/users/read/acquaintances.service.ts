import { Injectable } from '@nestjs/common';
import { AcquaintanceReader } from './acquaintance-reader.js';

/** Finds the acquaintances of a user, and the inviters whom a user ignores. */
@Injectable()
export class AcquaintancesService {
  constructor(private readonly acquaintances: AcquaintanceReader) {}

  /** Those of `ids` who are not acquainted with the user. The user is never among them. */
  async strangersAmong(userId: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const strangers = new Set(ids);
    strangers.delete(userId);
    if (strangers.size === 0) return strangers;
    for (const id of await this.acquaintances.acquaintancesAmong(userId, [...strangers]))
      strangers.delete(id);
    return strangers;
  }

  /** Those of the organizers whose unanswered invitations do not make the user busy, by the user's `invitations`. */
  async unwantedInvitersAmong(userId: number, organizerIds: readonly number[]): Promise<ReadonlySet<number>> {
    if (organizerIds.length === 0) return new Set();
    return new Set(await this.acquaintances.unwantedInvitersAmong(userId, organizerIds));
  }

  /** Those of `ids` whom an unanswered invitation of the inviter does not make busy, by their `invitations`. */
  async notMadeBusyBy(inviterId: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set(ids.length === 0 ? [] : await this.acquaintances.notMadeBusyBy(inviterId, ids));
  }
}
