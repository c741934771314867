import { Injectable } from '@nestjs/common';
import { AcquaintancesRepository } from '../store/acquaintances.repository.js';

/** Tells who knows whom: people with an event that each of the two organizes or has accepted. */
@Injectable()
export class AcquaintancesService {
  constructor(private readonly acquaintances: AcquaintancesRepository) {}

  /** Those of `ids` whom the user does not know. The user is no stranger to themself. */
  async strangersAmong(userId: number, ids: readonly number[]): Promise<ReadonlySet<number>> {
    const strangers = new Set(ids);
    strangers.delete(userId);
    if (strangers.size === 0) return strangers;
    for (const id of await this.acquaintances.of(userId, [...strangers])) strangers.delete(id);
    return strangers;
  }

  /** The organizers whose unanswered invitations take no time of the user, as the user's `invitations` say. */
  async unwantedBy(userId: number, organizerIds: readonly number[]): Promise<ReadonlySet<number>> {
    if (organizerIds.length === 0) return new Set();
    return new Set(await this.acquaintances.unwantedBy(userId, organizerIds));
  }
}
