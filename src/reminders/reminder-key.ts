import type { ReminderMethod } from '../users/reminder.js';

/** One reminder of one attendee. */
export interface ReminderOfAttendee {
  readonly eventId: number;
  readonly userId: number;
  readonly minutesBefore: number;
  readonly method: ReminderMethod;
}

/** The same for one occurrence, by the civil start that the series gives it: what fires once. */
export interface ReminderKey extends ReminderOfAttendee {
  readonly originalStart: string;
}

/** The key as text, for sets and maps, and for the identity of the notification. */
export function reminderKeyText({
  eventId,
  originalStart,
  userId,
  minutesBefore,
  method,
}: ReminderKey): string {
  return `${eventId}/${originalStart}/${userId}/${minutesBefore}/${method}`;
}

/** The reminder alone as text. */
export function attendeeKeyText({ eventId, userId, minutesBefore, method }: ReminderOfAttendee): string {
  return `${eventId}/${userId}/${minutesBefore}/${method}`;
}
