import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** The declined occurrences of users who no longer attend an event. */
export interface DeclinedStarts {
  /** By civil original start. */
  originalStarts(eventId: number): Promise<readonly string[]>;
}

/** Keeps the declines of users whom an organizer removes from an event, until the organizer invites them again. */
@Injectable()
export class RememberedDeclinesRepository implements DeclinedStarts {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Remembers the declines of all attendees except these, before the others are removed from the event. */
  async remember(eventId: number, stayingIds: readonly number[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO remembered_declines (tenant_id, event_id, user_id, original_start, comment)
       SELECT tenant_id, event_id, user_id, '', comment FROM attendees
        WHERE tenant_id = $1 AND event_id = $2 AND status = 'declined' AND user_id <> ALL ($3::integer[])
       UNION ALL
       SELECT tenant_id, event_id, user_id, original_start, comment FROM occurrence_answers
        WHERE tenant_id = $1 AND event_id = $2 AND status = 'declined' AND user_id <> ALL ($3::integer[])
       ON CONFLICT (tenant_id, event_id, user_id, original_start) DO UPDATE SET comment = excluded.comment`,
      [this.tenant.id, eventId, stayingIds],
    );
  }

  /** Restores the remembered declines of users who attend the event again and have not answered. */
  async recall(eventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `WITH recalled AS (
         DELETE FROM remembered_declines r USING attendees a
          WHERE r.tenant_id = $1 AND r.event_id = $2
            AND a.tenant_id = r.tenant_id AND a.event_id = r.event_id AND a.user_id = r.user_id RETURNING r.*),
       declined AS (
         UPDATE attendees a SET status = 'declined', comment = r.comment FROM recalled r
          WHERE a.tenant_id = $1 AND a.event_id = r.event_id AND a.user_id = r.user_id AND r.original_start = ''
            AND a.status = 'needs_action')
       INSERT INTO occurrence_answers (tenant_id, event_id, user_id, original_start, status, comment)
       SELECT tenant_id, event_id, user_id, original_start, 'declined', comment FROM recalled
        WHERE original_start <> ''
       ON CONFLICT DO NOTHING`,
      [this.tenant.id, eventId],
    );
  }

  async originalStarts(eventId: number): Promise<readonly string[]> {
    return (await this.originalStartsOf([eventId])).get(eventId) ?? [];
  }

  /** The same for several events, by event. */
  async originalStartsOf(eventIds: readonly number[]): Promise<ReadonlyMap<number, readonly string[]>> {
    const rows: { eventId: number; originalStarts: string[] }[] = await this.unitOfWork.manager.query(
      `SELECT event_id AS "eventId", array_agg(DISTINCT original_start) AS "originalStarts" FROM remembered_declines
        WHERE tenant_id = $1 AND event_id = ANY ($2) AND original_start <> '' GROUP BY event_id`,
      [this.tenant.id, eventIds],
    );
    return new Map(rows.map(({ eventId, originalStarts }) => [eventId, originalStarts]));
  }

  /** Copies the remembered declines of the whole event to a copy of the event. */
  async copy(eventId: number, copyId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO remembered_declines (tenant_id, event_id, user_id, original_start, comment)
       SELECT tenant_id, $3, user_id, original_start, comment FROM remembered_declines
        WHERE tenant_id = $1 AND event_id = $2 AND original_start = ''`,
      [this.tenant.id, eventId, copyId],
    );
  }
}
