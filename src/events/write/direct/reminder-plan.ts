import type { BookableEvent } from '../../../scheduling/booking/bookable-event.js';
import type { Reminder } from '../../../users/model/reminder.js';
import type { PlannedReminder } from '../../model/attendance/planned-reminder.js';
import type { EventFields } from '../../model/event-record.js';

/** Plans the reminders of events that one statement creates. The owner of the reminders implements it. */
export abstract class ReminderPlan {
  /** The reminders of a new event, as its transaction on the general path would plan them. @param remindersOf by attendee */
  abstract of(
    event: BookableEvent & EventFields,
    remindersOf: ReadonlyMap<number, readonly Reminder[]>,
  ): PlannedReminder[];

  /** Takes note of reminders that were just committed. */
  abstract committed(reminders: readonly PlannedReminder[]): void;
}
