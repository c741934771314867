import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ATTENDS_OCCURRENCES_ONLY, MEMBER_TABLES, type MemberTables } from './members.js';

/** SQL: attendees who have answered the whole event, other than the organizer. */
const HAS_ANSWERED = `m.status NOT IN ('organizer', 'needs_action') AND NOT ${ATTENDS_OCCURRENCES_ONLY}`;

/**
 * SQL: whether a row is of one of the users `$3`; null: of any attendee but the owner, who changes the event. The status of an
 * owner is that of a file, which names another organizer.
 */
function isConcerned(table: string, { key }: MemberTables): string {
  return key === 'user_id'
    ? `CASE WHEN $3::integer[] IS NULL
         THEN ${table}.user_id <> (SELECT organizer_id FROM events WHERE tenant_id = $1 AND id = $2)
         ELSE ${table}.user_id = ANY ($3) END`
    : '$3::integer[] IS NULL';
}

/** An answer to the whole event is no answer to these occurrences, or the other way round. */
function answerOccurrences(tables: MemberTables, status: string): string {
  const { members, answers, key } = tables;
  return `
  INSERT INTO ${answers} (tenant_id, event_id, ${key}, original_start, status)
  SELECT m.tenant_id, m.event_id, m.${key}, occurrence.original_start, ${status}
    FROM ${members} m CROSS JOIN unnest($4::text[]) AS occurrence (original_start)
   WHERE m.tenant_id = $1 AND m.event_id = $2 AND ${HAS_ANSWERED} AND ${isConcerned('m', tables)}
  ON CONFLICT DO NOTHING`;
}

/** Makes the answers of attendees open again. The events are locked. */
@Injectable()
export class AnswerResetRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Makes the answers to a whole event open, also declines of users who no longer attend.
   * @param userIds the attendees whose answers become open; null: all
   * @param exceptKeys original starts of occurrences to which the answers stay
   */
  async resetEvent(
    eventId: number,
    userIds: readonly number[] | null,
    exceptKeys: readonly string[],
  ): Promise<void> {
    for (const tables of Object.values(MEMBER_TABLES)) {
      if (exceptKeys.length > 0)
        await this.run(answerOccurrences(tables, 'm.status'), [eventId, userIds, exceptKeys]);
      await this.run(
        `UPDATE ${tables.members} m SET status = 'needs_action', updated_at = now()
          WHERE m.tenant_id = $1 AND m.event_id = $2 AND ${HAS_ANSWERED}
            AND ${isConcerned('m', tables)}`,
        [eventId, userIds],
      );
    }
    await this.forget(eventId, userIds, ['']);
  }

  /**
   * Makes the answers to occurrences open, by their original starts.
   * @param userIds the attendees whose answers become open; null: all
   * @param isOfSeries whether the answers to the whole event are answers to these occurrences
   */
  async resetOccurrences(
    eventId: number,
    userIds: readonly number[] | null,
    keys: readonly string[],
    isOfSeries: boolean,
  ): Promise<void> {
    if (keys.length === 0) return;
    for (const tables of Object.values(MEMBER_TABLES)) {
      await this.run(
        `UPDATE ${tables.answers} x SET status = 'needs_action'
          WHERE x.tenant_id = $1 AND x.event_id = $2 AND x.original_start = ANY ($4) AND NOT x.removed
            AND ${isConcerned('x', tables)}`,
        [eventId, userIds, keys],
      );
      if (isOfSeries) await this.run(answerOccurrences(tables, `'needs_action'`), [eventId, userIds, keys]);
    }
    await this.forget(eventId, userIds, keys);
  }

  /**
   * Forgets the declines of users who no longer attend, by original starts; an empty one: those of the whole event.
   * @param userIds the users; null: all
   */
  async forget(eventId: number, userIds: readonly number[] | null, keys: readonly string[]): Promise<void> {
    await this.run(
      `DELETE FROM remembered_declines WHERE tenant_id = $1 AND event_id = $2 AND original_start = ANY ($4)
          AND ($3::integer[] IS NULL OR user_id = ANY ($3))`,
      [eventId, userIds, keys],
    );
  }

  private async run(sql: string, values: readonly unknown[]): Promise<void> {
    await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
