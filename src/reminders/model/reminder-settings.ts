import type { Reminder } from '../../users/model/reminder.js';

/** The reminders that a user has set for one event. */
export interface EventReminderSettings extends ReminderSettings {
  readonly eventId: number;
}

/** The default reminders of a user, and the reminders that the user has set for one event. */
export interface ReminderSettings {
  readonly defaults: readonly Reminder[];
  /** Null: the defaults hold. */
  readonly overrides: readonly Reminder[] | null;
}
