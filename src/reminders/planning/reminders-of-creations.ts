import { Injectable } from '@nestjs/common';
import type { PlannedReminder } from '../../events/model/attendance/planned-reminder.js';
import type { EventFields } from '../../events/model/event-record.js';
import { ReminderPlan } from '../../events/write/direct/reminder-plan.js';
import { Clock } from '../../platform/clock/clock.js';
import type { BookableEvent } from '../../scheduling/booking/bookable-event.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { Reminder } from '../../users/model/reminder.js';
import { DeliveredReminders } from '../model/delivered-reminders.js';
import { nextReminder } from '../model/due/next-reminder.js';
import { appliedReminders } from '../model/due/reminder-due.js';
import { replannedReminder } from '../model/due/replanned-reminder.js';
import { DueAlarm } from './due-alarm.js';

/** No reminder of a new event has been delivered. */
const NONE = new DeliveredReminders([]);

/** Plans the reminders of new events by the rules of `ReminderPlanner`. */
@Injectable()
export class RemindersOfCreations extends ReminderPlan {
  constructor(
    private readonly occurrences: OccurrencesService,
    private readonly clock: Clock,
    private readonly alarm: DueAlarm,
  ) {
    super();
  }

  override of(
    event: BookableEvent & EventFields,
    remindersOf: ReadonlyMap<number, readonly Reminder[]>,
  ): PlannedReminder[] {
    if (remindersOf.size === 0) return [];
    const now = this.clock.now().getTime();
    const attendees = event.attendees.map((attendee) => ({
      ...attendee,
      reminders: appliedReminders(event, remindersOf.get(attendee.userId) ?? []),
    }));
    const planned = { ...event, overrides: [], attendees };
    return attendees.flatMap((attendee) =>
      attendee.reminders.flatMap(
        (reminder) =>
          replannedReminder(undefined, now, (search) =>
            nextReminder(planned, attendee, reminder, search, NONE, this.occurrences),
          ) ?? [],
      ),
    );
  }

  override committed(reminders: readonly PlannedReminder[]): void {
    if (reminders.length > 0) this.alarm.setFor(Math.min(...reminders.map(({ dueAt }) => dueAt.getTime())));
  }
}
