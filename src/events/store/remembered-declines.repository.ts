import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Keeps the declines of users whom an organizer removes from an event, until the organizer invites them again. */
@Injectable()
export class RememberedDeclinesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Remembers the declines of all attendees except these, before the others are removed from the event. */
  async remember(eventId: number, stayingIds: readonly number[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO remembered_declines (event_id, user_id, original_start, comment)
       SELECT event_id, user_id, '', comment FROM attendees
        WHERE event_id = $1 AND status = 'declined' AND user_id <> ALL ($2::integer[])
       UNION ALL
       SELECT event_id, user_id, original_start, comment FROM occurrence_answers
        WHERE event_id = $1 AND status = 'declined' AND user_id <> ALL ($2::integer[])
       ON CONFLICT (event_id, user_id, original_start) DO UPDATE SET comment = excluded.comment`,
      [eventId, stayingIds],
    );
  }

  /** Restores the remembered declines of users who attend the event again and have not answered. */
  async recall(eventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `WITH recalled AS (
         DELETE FROM remembered_declines r USING attendees a
          WHERE r.event_id = $1 AND a.event_id = r.event_id AND a.user_id = r.user_id RETURNING r.*),
       declined AS (
         UPDATE attendees a SET status = 'declined', comment = r.comment FROM recalled r
          WHERE a.event_id = r.event_id AND a.user_id = r.user_id AND r.original_start = ''
            AND a.status = 'needs_action')
       INSERT INTO occurrence_answers (event_id, user_id, original_start, status, comment)
       SELECT event_id, user_id, original_start, 'declined', comment FROM recalled WHERE original_start <> ''
       ON CONFLICT DO NOTHING`,
      [eventId],
    );
  }

  /** The declined occurrences of users who no longer attend, by civil original start. */
  async originalStarts(eventId: number): Promise<string[]> {
    const rows: { originalStart: string }[] = await this.unitOfWork.manager.query(
      `SELECT DISTINCT original_start AS "originalStart" FROM remembered_declines
        WHERE event_id = $1 AND original_start <> ''`,
      [eventId],
    );
    return rows.map(({ originalStart }) => originalStart);
  }

  /** Copies the remembered declines of the whole event to a copy of the event. */
  async copy(eventId: number, copyId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO remembered_declines (event_id, user_id, original_start, comment)
       SELECT $2, user_id, original_start, comment FROM remembered_declines
        WHERE event_id = $1 AND original_start = ''`,
      [eventId, copyId],
    );
  }
}
