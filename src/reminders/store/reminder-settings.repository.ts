import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Reminder } from '../../users/model/reminder.js';

/** A user's defaults, and what holds for one event instead; null: nothing else. */
export interface ReminderSettings {
  readonly defaults: readonly Reminder[];
  readonly overrides: readonly Reminder[] | null;
}

@Injectable()
export class ReminderSettingsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null where the user does not attend the event. */
  async of(eventId: number, userId: number): Promise<ReminderSettings | null> {
    const rows: ReminderSettings[] = await this.unitOfWork.manager.query(
      `SELECT u.default_reminders AS defaults, r.reminders AS overrides
         FROM attendees a JOIN users u ON u.id = a.user_id
         LEFT JOIN event_reminders r ON r.event_id = a.event_id AND r.user_id = a.user_id
        WHERE a.event_id = $1 AND a.user_id = $2`,
      [eventId, userId],
    );
    return rows[0] ?? null;
  }

  async override(eventId: number, userId: number, reminders: readonly Reminder[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO event_reminders (event_id, user_id, reminders) VALUES ($1, $2, $3)
       ON CONFLICT (event_id, user_id) DO UPDATE SET reminders = excluded.reminders`,
      [eventId, userId, JSON.stringify(reminders)],
    );
  }

  async useDefault(eventId: number, userId: number): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM event_reminders WHERE event_id = $1 AND user_id = $2', [
      eventId,
      userId,
    ]);
  }

  /** Lets the user's defaults hold for each event. */
  async removeAllOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM event_reminders WHERE user_id = $1', [userId]);
  }

  /** Gives the attendees of one event what they have said of another. */
  async copy(fromEventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO event_reminders (event_id, user_id, reminders)
       SELECT a.event_id, a.user_id, r.reminders
         FROM event_reminders r JOIN attendees a ON a.event_id = $2 AND a.user_id = r.user_id
        WHERE r.event_id = $1
       ON CONFLICT (event_id, user_id) DO NOTHING`,
      [fromEventId, toEventId],
    );
  }
}
