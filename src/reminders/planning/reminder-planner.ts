import { Injectable } from '@nestjs/common';
import type { Instant } from '../../calendar/civil-time.js';
import { Clock } from '../../common/clock.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { OccurrencesService } from '../../scheduling/occurrences.service.js';
import { DeliveriesRepository } from '../delivery/deliveries.repository.js';
import { attendeeKeyText } from '../reminder-key.js';
import { DueAlarm } from './due-alarm.js';
import { nextReminder } from './next-reminder.js';
import { PendingRemindersRepository, type PendingRow } from './pending-reminders.repository.js';
import { type PlannedEvent, PlannedEventsRepository } from './planned-events.repository.js';

/** As many events as are held in memory at once while a user's reminders are planned anew. */
const EVENTS_AT_ONCE = 500;

/**
 * Keeps, for each reminder of each attendee, the one row that says what it is due for next. Runs within the
 * transaction of the change that makes it necessary, after it, with the event or the user locked by it.
 */
@Injectable()
export class ReminderPlanner {
  constructor(
    private readonly events: PlannedEventsRepository,
    private readonly pending: PendingRemindersRepository,
    private readonly deliveries: DeliveriesRepository,
    private readonly occurrences: OccurrencesService,
    private readonly alarm: DueAlarm,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Plans the reminders of an event anew, or those of one attendee. */
  async replan(eventId: number, userId: number | null = null): Promise<void> {
    if (userId !== null && !(await this.events.remindsAttendee(eventId, userId))) return;
    await this.events.lockDefaults(eventId, userId);
    await this.replanAll([eventId], userId);
  }

  /** Plans a user's reminders of all events anew. */
  async replanUser(userId: number): Promise<void> {
    const eventIds = await this.events.idsOf(userId, this.clock.now());
    for (let index = 0; index < eventIds.length; index += EVENTS_AT_ONCE) {
      await this.replanAll(eventIds.slice(index, index + EVENTS_AT_ONCE), userId);
    }
  }

  /** The rows are locked before anything else is read, so that what is being fired is read as fired. */
  private async replanAll(eventIds: readonly number[], userId: number | null): Promise<void> {
    const before = await this.pending.lock(eventIds, userId);
    const events = await this.events.withIds(eventIds, userId === null ? null : [userId]);
    const now = this.clock.now().getTime();
    const from = firstStarts(before, now);
    const earliest = Math.min(now, ...from.values());
    const delivered = await this.deliveries.keysFrom(eventIds, userId, earliest);
    const rows = events.flatMap((event) => this.rowsOf(event, now, from, delivered));
    await this.pending.remove(before);
    await this.pending.add(rows);
    const due = rows.map(({ dueAt }) => dueAt.getTime());
    if (due.length > 0) this.unitOfWork.afterCommit(() => this.alarm.setFor(Math.min(...due)));
  }

  private rowsOf(
    event: PlannedEvent,
    now: Instant,
    from: ReadonlyMap<string, Instant>,
    delivered: ReadonlySet<string>,
  ): PendingRow[] {
    return event.attendees.flatMap((attendee) =>
      attendee.reminders.flatMap((reminder) => {
        const key = attendeeKeyText({
          eventId: event.id,
          userId: attendee.userId,
          minutesBefore: reminder.minutes_before,
          method: reminder.method,
        });
        const start = from.get(key) ?? now;
        return nextReminder(event, attendee, reminder, start, delivered, this.occurrences) ?? [];
      }),
    );
  }
}

/**
 * Where the search for occurrences begins, by reminder: at those that were due already and have not been fired,
 * because no server ran. Any other begins now, at the occurrences that have not started.
 */
function firstStarts(rows: readonly PendingRow[], now: Instant): Map<string, Instant> {
  return new Map(
    rows
      .filter(({ dueAt, startAt }) => dueAt.getTime() <= now && startAt.getTime() < now)
      .map((row) => [attendeeKeyText(row), row.startAt.getTime()]),
  );
}
