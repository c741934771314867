import type { ReminderMethod } from '../../users/model/reminder.js';

/** One reminder of one attendee. */
export interface ReminderOfAttendee {
  readonly eventId: number;
  readonly userId: number;
  readonly minutesBefore: number;
  readonly method: ReminderMethod;
}

/**
 * One reminder of one occurrence at one start. The service fires each key once. An occurrence that moves to another
 * start has another `dueAt`, so it has another key.
 */
export interface ReminderKey extends ReminderOfAttendee {
  /** Civil start that the series gives the occurrence, in the event's zone. */
  readonly originalStart: string;
  /** @see `dueOf` */
  readonly dueAt: Date;
}

/** The key as text, for sets and maps, and for the identity of the notification. */
export function reminderKeyText({
  eventId,
  originalStart,
  userId,
  minutesBefore,
  method,
  dueAt,
}: ReminderKey): string {
  return `${eventId}/${originalStart}/${userId}/${minutesBefore}/${method}/${dueAt.toISOString()}`;
}

/** The reminder alone as text. */
export function attendeeKeyText({ eventId, userId, minutesBefore, method }: ReminderOfAttendee): string {
  return `${eventId}/${userId}/${minutesBefore}/${method}`;
}
