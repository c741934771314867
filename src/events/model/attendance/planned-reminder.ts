import type { Reminder } from '../../../users/model/reminder.js';

/** A reminder of an attendee of a new event, and the occurrence that it is due for first. */
export interface PlannedReminder extends Pick<Reminder, 'minutesBefore' | 'method'> {
  readonly userId: number;
  /** The URL that a webhook calls; null for the other methods. */
  readonly url: string | null;
  /** The civil start that the series gives the occurrence. */
  readonly originalStart: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly dueAt: Date;
  /** Since when the reminder is planned. */
  readonly dueFrom: Date;
}
