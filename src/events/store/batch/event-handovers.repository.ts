import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../database/unit-of-work.js';

const INVITE_ORGANIZERS = `
  UPDATE attendees SET status = 'accepted', invite_id = nextval('invite_ids'), updated_at = now()
   WHERE event_id = ANY ($1) AND status = 'organizer'`;

/** A user who organizes an event gives no answers to it. */
const REMOVE_ANSWERS = ['occurrence_answers', 'remembered_declines'].map(
  (table) => `DELETE FROM ${table} WHERE event_id = ANY ($1) AND user_id = $2`,
);

const MAKE_ORGANIZER = `
  WITH attending AS (
    UPDATE attendees SET status = 'organizer', invite_id = NULL, comment = NULL, updated_at = now()
     WHERE event_id = ANY ($1) AND user_id = $2
    RETURNING event_id)
  INSERT INTO attendees (span, event_id, user_id, status)
  SELECT e.span, e.id, $2, 'organizer' FROM events e
   WHERE e.id = ANY ($1) AND e.id NOT IN (SELECT event_id FROM attending)`;

/** Gives events another organizer, in a number of statements that does not depend on the number of events. */
@Injectable()
export class EventHandoversRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /**
   * Makes the user the organizer among the attendees of events that other users organize. The organizers before stay as
   * attendees who have accepted, each with a new invite. The invite of the user and the user's answers to occurrences end.
   * The caller sets the organizer and the version of the events.
   */
  async replaceOrganizer(eventIds: readonly number[], userId: number): Promise<void> {
    const { manager } = this.unitOfWork;
    // An event has at most one organizer at any time.
    await manager.query(INVITE_ORGANIZERS, [eventIds]);
    for (const statement of REMOVE_ANSWERS) await manager.query(statement, [eventIds, userId]);
    await manager.query(MAKE_ORGANIZER, [eventIds, userId]);
  }

  /** Sets the organizer of events, and increments their versions. */
  async setOrganizer(eventIds: readonly number[], userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE events SET organizer_id = $2, version = version + 1, updated_at = now() WHERE id = ANY ($1)',
      [eventIds, userId],
    );
  }

  /** Locks events that a user organizes, at most `limit`, by id. @returns their ids */
  async lockOrganizedBy(userId: number, limit: number): Promise<number[]> {
    const rows: { id: number }[] = await this.unitOfWork.manager.query(
      'SELECT id FROM events WHERE organizer_id = $1 ORDER BY id LIMIT $2 FOR UPDATE',
      [userId, limit],
    );
    return rows.map(({ id }) => id);
  }
}
