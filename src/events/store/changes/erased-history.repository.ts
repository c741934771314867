import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ERASED_IN_LOG } from '../erasure/erased-texts.js';

/** SQL of the part of an object that replaces what a previous row has. */
function erased(values: object): string {
  return `(SELECT coalesce(jsonb_object_agg(key, value), '{}')
             FROM jsonb_each('${JSON.stringify(values)}'::jsonb) WHERE p.previous ? key)`;
}

/** The entry stays, since it decides who saw the event. */
const OF_ATTENDEE = { status: 'needs_action', occurrences_status: null, comment: null };
const OF_ORGANIZER = { comment: null };

/** The events that a user organizes, and deleted events that the user organized. */
const ORGANIZED = `
  SELECT id FROM events WHERE tenant_id = $1 AND organizer_id = $2 AND id > $3
  UNION
  SELECT event_id FROM event_previous_rows
   WHERE tenant_id = $1 AND user_id = $2 AND part = 'event' AND event_id > $3`;

const STATEMENTS_OF_TEXTS = [
  `UPDATE event_previous_rows p SET previous = p.previous || ${erased(ERASED_IN_LOG.event)}
    WHERE p.tenant_id = $1 AND p.event_id = ANY ($2) AND p.part = 'event'`,
  `UPDATE event_previous_rows p SET previous = p.previous || ${erased(ERASED_IN_LOG.override)}
    WHERE p.tenant_id = $1 AND p.event_id = ANY ($2) AND p.part = 'override'`,
  `DELETE FROM event_previous_rows
    WHERE tenant_id = $1 AND event_id = ANY ($2) AND part IN ('guest', 'guest_answer')`,
];

/** The invites of the user in an event: the present one, and those that the user had before a change. */
const INVITES = `
  SELECT a.invite_id::text FROM attendees a
   WHERE a.tenant_id = $1 AND a.event_id = p.event_id AND a.user_id = $3
  UNION ALL
  SELECT o.previous ->> 'invite_id' FROM event_previous_rows o
   WHERE o.tenant_id = $1 AND o.event_id = p.event_id AND o.user_id = $3 AND o.part = 'attendee'`;

const STATEMENTS_OF_ATTENDANCE = [
  // A guest who became the user kept the invite. The row has the name and the address of the user.
  `DELETE FROM event_previous_rows p
    WHERE p.tenant_id = $1 AND p.event_id = ANY ($2) AND p.part IN ('guest', 'guest_answer')
      AND split_part(p.key, ' ', 1) IN (${INVITES})`,
  `DELETE FROM event_previous_rows
    WHERE tenant_id = $1 AND event_id = ANY ($2) AND user_id = $3 AND part = 'answer'`,
  `UPDATE event_previous_rows p
      SET previous = p.previous || CASE WHEN p.previous ->> 'status' = 'organizer'
            THEN ${erased(OF_ORGANIZER)} ELSE ${erased(OF_ATTENDEE)} END
    WHERE p.tenant_id = $1 AND p.event_id = ANY ($2) AND p.user_id = $3 AND p.part = 'attendee'`,
];

/** Erases what the log of changes has of a deleted user. The lists of others still find the events that they lost. */
@Injectable()
export class ErasedHistoryRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The ids of the events that the user organizes, or organized at their deletion. @param after the id before the first one */
  async organizedEvents(userId: number, after: number, limit: number): Promise<number[]> {
    return this.ids(`${ORGANIZED} ORDER BY 1 LIMIT $4`, [userId, after, limit]);
  }

  /** Erases the former texts and guests of events, and the former values of the product. */
  async eraseTexts(eventIds: readonly number[]): Promise<void> {
    for (const statement of STATEMENTS_OF_TEXTS) await this.run(statement, [eventIds]);
  }

  /** The ids of the events in which the log has a part or an answer of the user. */
  async attendedEvents(userId: number, after: number, limit: number): Promise<number[]> {
    return this.ids(
      `SELECT DISTINCT event_id AS id FROM event_previous_rows
        WHERE tenant_id = $1 AND user_id = $2 AND part IN ('attendee', 'answer') AND event_id > $3
        ORDER BY event_id LIMIT $4`,
      [userId, after, limit],
    );
  }

  /** Erases the previous answers and comments of the user in events, also from the time when the user was a guest. */
  async eraseAttendance(eventIds: readonly number[], userId: number): Promise<void> {
    for (const statement of STATEMENTS_OF_ATTENDANCE) await this.run(statement, [eventIds, userId]);
  }

  /** The numbers of the changes that the user made. */
  async changesBy(userId: number, after: number, limit: number): Promise<number[]> {
    return this.ids(
      `SELECT sequence::float8 AS id FROM event_changes
        WHERE tenant_id = $1 AND user_id = $2 AND sequence > $3 ORDER BY sequence LIMIT $4`,
      [userId, after, limit],
    );
  }

  /** Forgets the user who made these changes. */
  async eraseAuthor(sequences: readonly number[]): Promise<void> {
    await this.run('UPDATE event_changes SET user_id = NULL WHERE tenant_id = $1 AND sequence = ANY ($2)', [
      sequences,
    ]);
  }

  private async ids(sql: string, values: readonly unknown[]): Promise<number[]> {
    return (await this.run<{ id: number }[]>(sql, values)).map(({ id }) => id);
  }

  private async run<Rows>(sql: string, values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
