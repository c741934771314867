export const REMINDER_METHODS = ['log', 'email', 'webhook'] as const;
export type ReminderMethod = (typeof REMINDER_METHODS)[number];

/** Four weeks, and five reminders for each event: the limits of Google Calendar. */
export const MAX_REMINDER_MINUTES = 40_320;
export const MAX_REMINDER_DAYS = 28;
export const MAX_REMINDERS = 5;

/** A day of half-hour meetings with two reminders each stays below. Only an attacker would need more. */
export const MAX_EMAILS_OF_USER_A_DAY = 50;

/** UTF-16 code units: longer than the URLs that services for webhooks give out. */
export const MAX_WEBHOOK_URL_LENGTH = 2_000;

/** A reminder of an event. */
export interface Reminder {
  /**
   * Minutes from the reminder to the start of the occurrence. If `byDay`, minutes of the clocks of the user from the reminder
   * to the midnight at which the first day begins; negative after this midnight.
   */
  readonly minutesBefore: number;
  /** The reminder is at a time of a day, and for all-day events only. */
  readonly byDay?: true;
  readonly method: ReminderMethod;
  /** The URL that a webhook calls; absent for the other methods. */
  readonly url?: string;
}

/** A time of a day, for a reminder of an all-day event. */
export interface ReminderTime {
  /** Days from the day of the reminder to the first day of the occurrence. */
  readonly daysBefore: number;
  /** The time of the day, such as `09:00`, in the zone of the user. */
  readonly at: string;
}

/** A reminder that a user asks for, before `validReminders` has checked it. */
export interface NewReminder extends Pick<Reminder, 'method' | 'url'>, Partial<ReminderTime> {
  /** Minutes from the reminder to the start of the occurrence. */
  readonly minutesBefore?: number;
}
