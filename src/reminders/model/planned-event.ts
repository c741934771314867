import type { EventOutline } from '../../events/model/event-outline.js';
import type { AttendeeInZone } from '../../scheduling/calendars/attended-event.js';
import type { Reminder } from '../../users/model/reminder.js';

/** The reminders of one attendee for one event: those that were set for the event, or the user's defaults. */
export interface AttendeeReminders {
  readonly eventId: number;
  readonly userId: number;
  /** The zone of the user, in which floating days are the user's. */
  readonly timeZone: string;
  readonly reminders: readonly Reminder[];
}

/** An attendee who has at least one reminder of the event. */
export interface RemindedAttendee extends AttendeeInZone {
  readonly reminders: readonly Reminder[];
}

/** An event for which reminders are planned. */
export interface PlannedEvent extends EventOutline {
  readonly attendees: readonly RemindedAttendee[];
}
