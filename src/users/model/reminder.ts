export const REMINDER_METHODS = ['log', 'email', 'webhook'] as const;
export type ReminderMethod = (typeof REMINDER_METHODS)[number];

/** Four weeks, and five reminders for each event: the limits of Google Calendar. */
export const MAX_REMINDER_MINUTES = 40_320;
export const MAX_REMINDERS = 5;

/** A day of half-hour meetings with two reminders each stays below. Only an attacker would need more. */
export const MAX_EMAILS_OF_USER_A_DAY = 50;

/** UTF-16 code units: longer than the URLs that services for webhooks give out. */
export const MAX_WEBHOOK_URL_LENGTH = 2_000;

/** A reminder of an event. */
export interface Reminder {
  /** Minutes from the reminder to the start of the occurrence. */
  readonly minutesBefore: number;
  readonly method: ReminderMethod;
  /** The URL that a webhook calls; absent for the other methods. */
  readonly url?: string;
}

/** A reminder that a user asks for, before `validReminders` has checked it. */
export type NewReminder = Reminder;
