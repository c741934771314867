export const REMINDER_METHODS = ['log', 'email', 'webhook'] as const;
export type ReminderMethod = (typeof REMINDER_METHODS)[number];

/** Four weeks, and five an event: the bounds of Google's calendar. */
export const MAX_REMINDER_MINUTES = 40_320;
export const MAX_REMINDERS = 5;

/** One reminder as it is kept: so long before an occurrence starts, in this way. */
export interface Reminder {
  readonly minutes_before: number;
  readonly method: ReminderMethod;
  /** Where a webhook is called; absent for the other methods. */
  readonly url?: string;
}
