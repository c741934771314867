import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { ATTENDS_OCCURRENCES_ONLY, MEMBER_TABLES, type MemberTables } from './members.js';

/** SQL: attendees who have answered the whole event, other than the organizer. */
const HAS_ANSWERED = `m.status NOT IN ('organizer', 'needs_action') AND NOT ${ATTENDS_OCCURRENCES_ONLY}`;

/** An answer to the whole event is no answer to these occurrences, or the other way round. */
function answerOccurrences({ members, answers, key }: MemberTables, status: string): string {
  return `
  INSERT INTO ${answers} (tenant_id, event_id, ${key}, original_start, status)
  SELECT m.tenant_id, m.event_id, m.${key}, occurrence.original_start, ${status}
    FROM ${members} m CROSS JOIN unnest($3::text[]) AS occurrence (original_start)
   WHERE m.tenant_id = $1 AND m.event_id = $2 AND ${HAS_ANSWERED}
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
   * @param exceptKeys original starts of occurrences to which the answers stay
   */
  async resetEvent(eventId: number, exceptKeys: readonly string[]): Promise<void> {
    for (const tables of Object.values(MEMBER_TABLES)) {
      if (exceptKeys.length > 0) await this.run(answerOccurrences(tables, 'm.status'), [eventId, exceptKeys]);
      await this.run(
        `UPDATE ${tables.members} m SET status = 'needs_action', updated_at = now()
          WHERE m.tenant_id = $1 AND m.event_id = $2 AND ${HAS_ANSWERED}`,
        [eventId],
      );
    }
    await this.forget(eventId, ['']);
  }

  /**
   * Makes the answers to occurrences open, by their original starts.
   * @param isOfSeries whether the answers to the whole event are answers to these occurrences
   */
  async resetOccurrences(eventId: number, keys: readonly string[], isOfSeries: boolean): Promise<void> {
    if (keys.length === 0) return;
    for (const tables of Object.values(MEMBER_TABLES)) {
      await this.run(
        `UPDATE ${tables.answers} SET status = 'needs_action'
          WHERE tenant_id = $1 AND event_id = $2 AND original_start = ANY ($3) AND NOT removed`,
        [eventId, keys],
      );
      if (isOfSeries) await this.run(answerOccurrences(tables, `'needs_action'`), [eventId, keys]);
    }
    await this.forget(eventId, keys);
  }

  private async forget(eventId: number, keys: readonly string[]): Promise<void> {
    await this.run(
      'DELETE FROM remembered_declines WHERE tenant_id = $1 AND event_id = $2 AND original_start = ANY ($3)',
      [eventId, keys],
    );
  }

  private async run(sql: string, values: readonly unknown[]): Promise<void> {
    await this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
