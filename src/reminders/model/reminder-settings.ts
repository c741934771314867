import type { Reminder } from '../../users/model/reminder.js';

/** The default reminders of a user, and the reminders that the user has set for one event. */
export interface ReminderSettings {
  readonly defaults: readonly Reminder[];
  /** Null: the defaults hold. */
  readonly overrides: readonly Reminder[] | null;
}
