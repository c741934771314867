import { Injectable } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { DeliveredReminders } from '../model/delivered-reminders.js';
import { nextReminder, type ReminderSearch } from '../model/due/next-reminder.js';
import { replannedReminder, searchStart } from '../model/due/replanned-reminder.js';
import type { PlannedEvent } from '../model/planned-event.js';
import { attendeeKeyText } from '../model/reminder-key.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';
import { DeliveriesRepository } from '../store/deliveries.repository.js';
import { PendingRemindersRepository } from '../store/pending-reminders.repository.js';
import { ReminderSettingsRepository } from '../store/reminder-settings.repository.js';
import { DueAlarm } from './due-alarm.js';
import { PlannedEventsService } from './planned-events.service.js';

/** The most events in memory at a time while the reminders of a user are planned again. */
const EVENTS_AT_ONCE = 500;

/**
 * Plans reminders: for each reminder of each attendee, one row with the occurrence that it is due for next. The planner
 * runs at the end of the transaction that changes the calendar. The order of locks is: the event (locked by the change),
 * users, attendees, pending rows.
 */
@Injectable()
export class ReminderPlanner {
  constructor(
    private readonly events: PlannedEventsService,
    private readonly users: UsersService,
    private readonly settings: ReminderSettingsRepository,
    private readonly pending: PendingRemindersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly occurrences: OccurrencesService,
    private readonly alarm: DueAlarm,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Plans the reminders of events again, in a number of statements that does not depend on the number of events. */
  async replanEvents(eventIds: readonly number[]): Promise<void> {
    await this.settings.lockDefaults(eventIds);
    await this.replanAll(eventIds, null);
  }

  /** Plans the reminders of one attendee of an event again. */
  async replanAttendee(eventId: number, userId: number): Promise<void> {
    if (await this.settings.lockIfReminded(eventId, userId)) await this.replanAll([eventId], userId);
  }

  /** Plans a user's reminders of all events again. */
  async replanUser(userId: number): Promise<void> {
    // A change of the user locks the row only if the new values differ from the old ones.
    await this.users.lock(userId);
    await this.replanLocked(await this.events.idsOf(userId, this.clock.now()), userId);
  }

  /** Plans a user's reminders of some events again. */
  async replanAttendances(eventIds: readonly number[], userId: number): Promise<void> {
    await this.users.lock(userId);
    await this.replanLocked(eventIds, userId);
  }

  private async replanLocked(eventIds: readonly number[], userId: number): Promise<void> {
    for (let index = 0; index < eventIds.length; index += EVENTS_AT_ONCE) {
      const some = eventIds.slice(index, index + EVENTS_AT_ONCE);
      await this.events.lockAttendance(some, userId);
      await this.replanAll(some, userId);
    }
  }

  /**
   * Copies the planned reminders of a split series to its later part, before either part is planned again. So a reminder
   * that was skipped before the split stays skipped, and an overdue reminder stays overdue.
   */
  async split(fromEventId: number, toEventId: number): Promise<void> {
    await this.settings.lockDefaults([fromEventId]);
    await this.pending.lock([fromEventId], null);
    await this.pending.copy(fromEventId, toEventId);
  }

  /** Locks the rows before any other read. So a reminder that another transaction is firing is read as fired. */
  private async replanAll(eventIds: readonly number[], userId: number | null): Promise<void> {
    const rowsBefore = await this.pending.lock(eventIds, userId);
    const before = new Map(rowsBefore.map((row) => [attendeeKeyText(row), row]));
    const events = await this.events.withReminders(eventIds, userId === null ? null : [userId]);
    const now = this.clock.now().getTime();
    const earliest = Math.min(now, ...rowsBefore.map((row) => searchStart(row, now)));
    const delivered = await this.deliveries.deliveredFrom(eventIds, userId, earliest);
    const rows = events.flatMap((event) => this.rowsOf(event, now, before, delivered));
    await this.pending.remove(rowsBefore);
    await this.pending.add(rows);
    const due = rows.map(({ dueAt }) => dueAt.getTime());
    if (due.length > 0) this.unitOfWork.afterCommit(() => this.alarm.setFor(Math.min(...due)));
  }

  private rowsOf(
    event: PlannedEvent,
    now: Instant,
    before: ReadonlyMap<string, PendingReminderRecord>,
    delivered: DeliveredReminders,
  ): PendingReminderRecord[] {
    return event.attendees.flatMap((attendee) =>
      attendee.reminders.flatMap((reminder) => {
        const { minutesBefore, method } = reminder;
        const key = attendeeKeyText({ eventId: event.id, userId: attendee.userId, minutesBefore, method });
        const next = (search: ReminderSearch) =>
          nextReminder(event, attendee, reminder, search, delivered, this.occurrences);
        return replannedReminder(before.get(key), now, next) ?? [];
      }),
    );
  }
}
