import { Injectable } from '@nestjs/common';
import { ReadReplica } from '../../database/read-replica.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { knowEachOther } from './acquaintance-query.js';

const ACQUAINTANCES = `
  SELECT candidate.id FROM unnest($2::integer[]) AS candidate (id) WHERE ${knowEachOther('$1', 'candidate.id')}`;

const UNWANTED_INVITERS = `
  SELECT candidate.id FROM unnest($2::integer[]) AS candidate (id), users u
   WHERE u.id = $1 AND candidate.id <> u.id
     AND CASE u.invitations WHEN 'all' THEN false WHEN 'none' THEN true
         ELSE NOT ${knowEachOther('u.id', 'candidate.id')} END`;

/** The viewer has a part of any kind in the event, which the other user organizes or has accepted. */
const VISIBLE = `
  SELECT DISTINCT others.user_id AS id
    FROM attendees mine JOIN attendees others ON others.event_id = mine.event_id
   WHERE mine.user_id = $1 AND others.user_id = ANY ($2::integer[]) AND others.status IN ('organizer', 'accepted')`;

interface IdRow {
  readonly id: number;
}

/** Answers who knows whom by the events that they share. */
@Injectable()
export class AcquaintancesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly replica: ReadReplica,
  ) {}

  /** Those of `ids` whom the user knows. */
  async of(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.unitOfWork.prepared<IdRow>({ name: 'acquaintances', text: ACQUAINTANCES }, [
      userId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Those of `ids` whose unanswered invitations take no time of the user. */
  async unwantedBy(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.replica.prepared<IdRow>({ name: 'unwanted_inviters', text: UNWANTED_INVITERS }, [
      userId,
      ids,
    ]);
    return rows.map(({ id }) => id);
  }

  /** Those of `ids` who organize or have accepted an event in which the user has a part. */
  async visibleTo(userId: number, ids: readonly number[]): Promise<number[]> {
    const rows = await this.replica.prepared<IdRow>(
      { name: 'visible_users', text: VISIBLE },
      [userId, ids],
      // A replica may not have the event yet that makes a user visible.
      (found) => found.length === ids.length,
    );
    return rows.map(({ id }) => id);
  }
}
