import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { Reminder } from '../../users/model/reminder.js';
import {
  fromStoredReminder,
  type StoredReminder,
  toStoredReminder,
} from '../../users/model/stored/stored-settings.js';
import type { AttendeeReminders } from '../model/planned-event.js';

/** An attendee with the reminders that hold: those set for the event, else those of the calendar, else the user's. */
const ATTENDEE_REMINDERS = `
  SELECT a.event_id AS "eventId", a.user_id AS "userId", coalesce(r.reminders, c.default_reminders, u.default_reminders) AS reminders,
         u.time_zone AS "timeZone"
    FROM attendees a JOIN users u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
    LEFT JOIN calendars c ON c.tenant_id = a.tenant_id AND c.id = a.calendar_id
    LEFT JOIN event_reminders r
      ON r.tenant_id = a.tenant_id AND r.event_id = a.event_id AND r.user_id = a.user_id
   WHERE a.tenant_id = $3 AND a.event_id = ANY ($1) AND ($2::integer[] IS NULL OR a.user_id = ANY ($2))
     AND coalesce(r.reminders, c.default_reminders, u.default_reminders) <> '[]'`;

const REMINDS_ATTENDEE = `
  SELECT default_reminders <> '[]'
         OR EXISTS (SELECT FROM attendees a JOIN calendars c ON c.tenant_id = $3 AND c.id = a.calendar_id
                     WHERE a.tenant_id = $3 AND a.event_id = $1 AND a.user_id = u.id AND c.default_reminders <> '[]')
         OR EXISTS (SELECT FROM event_reminders WHERE tenant_id = $3 AND event_id = $1 AND user_id = u.id)
         OR EXISTS (SELECT FROM pending_reminders WHERE tenant_id = $3 AND event_id = $1 AND user_id = u.id)
         AS reminds
    FROM users u WHERE tenant_id = $3 AND id = $2 FOR NO KEY UPDATE`;

type StoredAttendeeReminders = Omit<AttendeeReminders, 'reminders'> & {
  readonly reminders: readonly StoredReminder[];
};

@Injectable()
export class ReminderSettingsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** The reminders that the user has set for an event; null: none are set, so that the user's defaults hold. */
  async overridesOf(eventId: number, userId: number): Promise<Reminder[] | null> {
    const [row]: { readonly reminders: readonly StoredReminder[] }[] = await this.unitOfWork.manager.query(
      'SELECT reminders FROM event_reminders WHERE tenant_id = $3 AND event_id = $1 AND user_id = $2',
      [eventId, userId, this.tenant.id],
    );
    return row?.reminders.map(fromStoredReminder) ?? null;
  }

  /** The reminders that the user has set, by event. @param after the event before the first one; 0: none */
  async ofUser(
    userId: number,
    after: number,
    limit: number,
  ): Promise<Pick<AttendeeReminders, 'eventId' | 'reminders'>[]> {
    const rows: Pick<StoredAttendeeReminders, 'eventId' | 'reminders'>[] =
      await this.unitOfWork.manager.query(
        `SELECT event_id AS "eventId", reminders FROM event_reminders
        WHERE tenant_id = $1 AND user_id = $2 AND event_id > $3 ORDER BY event_id LIMIT $4`,
        [this.tenant.id, userId, after, limit],
      );
    return rows.map(({ eventId, reminders }) => ({ eventId, reminders: reminders.map(fromStoredReminder) }));
  }

  /**
   * The attendees of the events who have reminders.
   * @param userIds the attendees to read; null: all
   */
  async ofAttendees(
    eventIds: readonly number[],
    userIds: readonly number[] | null,
  ): Promise<AttendeeReminders[]> {
    const rows: StoredAttendeeReminders[] = await this.unitOfWork.manager.query(ATTENDEE_REMINDERS, [
      eventIds,
      userIds,
      this.tenant.id,
    ]);
    return rows.map(({ eventId, userId, timeZone, reminders }) => ({
      eventId,
      userId,
      timeZone,
      reminders: reminders.map(fromStoredReminder),
    }));
  }

  /**
   * Keeps the defaults of the attendees of events as they are until the transaction ends. Otherwise a change of the defaults that
   * runs beside a change of the event would plan with the event as it was before. An attendee who has declined has no
   * reminders. The array of users makes PostgreSQL read their rows alone. Joined, it may read every user of the tenant.
   */
  async lockDefaults(eventIds: readonly number[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `SELECT FROM users
        WHERE tenant_id = $2 AND id = ANY (ARRAY (
              SELECT DISTINCT a.user_id FROM attendees a
               WHERE a.tenant_id = $2 AND a.event_id = ANY ($1)
                 AND (a.status <> 'declined' OR EXISTS (
                      SELECT FROM occurrence_answers x
                       WHERE x.tenant_id = a.tenant_id AND x.event_id = a.event_id AND x.user_id = a.user_id))))
        ORDER BY id FOR SHARE`,
      [eventIds, this.tenant.id],
    );
  }

  /**
   * Whether any reminder of this attendee has to be planned or removed. Most attendees have none, so that no reminder
   * has to be planned after their answer. Locks the user as `UsersService.lock` does.
   */
  async lockIfReminded(eventId: number, userId: number): Promise<boolean> {
    const [row] = await this.unitOfWork.prepared<{ reminds: boolean }>(
      { name: 'reminds_attendee', text: REMINDS_ATTENDEE },
      [eventId, userId, this.tenant.id],
    );
    return row?.reminds ?? false;
  }

  /** Sets the reminders of a user for an event. */
  async override(eventId: number, userId: number, reminders: readonly Reminder[]): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO event_reminders (tenant_id, event_id, user_id, reminders) VALUES ($4, $1, $2, $3)
       ON CONFLICT (tenant_id, event_id, user_id) DO UPDATE SET reminders = excluded.reminders`,
      [eventId, userId, JSON.stringify(reminders.map(toStoredReminder)), this.tenant.id],
    );
  }

  /** Makes the user's defaults hold for an event. */
  async useDefault(eventId: number, userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'DELETE FROM event_reminders WHERE tenant_id = $3 AND event_id = $1 AND user_id = $2',
      [eventId, userId, this.tenant.id],
    );
  }

  /** Makes the user's defaults hold for all events. */
  async removeAllOf(userId: number): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM event_reminders WHERE tenant_id = $2 AND user_id = $1', [
      userId,
      this.tenant.id,
    ]);
  }

  /** Copies the reminders that attendees have set for one event to another event that they attend. */
  async copy(fromEventId: number, toEventId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO event_reminders (tenant_id, event_id, user_id, reminders)
       SELECT a.tenant_id, a.event_id, a.user_id, r.reminders
         FROM event_reminders r
         JOIN attendees a ON a.tenant_id = r.tenant_id AND a.event_id = $2 AND a.user_id = r.user_id
        WHERE r.tenant_id = $3 AND r.event_id = $1
       ON CONFLICT (tenant_id, event_id, user_id) DO NOTHING`,
      [fromEventId, toEventId, this.tenant.id],
    );
  }
}
