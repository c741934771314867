import type { Reminder } from '../reminder.js';
import type { WorkingHoursRow } from '../user-record.js';

/** A reminder in the columns `users.default_reminders` and `event_reminders.reminders`. */
export type StoredReminder = Omit<Reminder, 'minutesBefore' | 'byDay'> & {
  readonly minutes_before: number;
  /** An instance of the version before ignores it, and reminds that many minutes before midnight. */
  readonly by_day?: true;
};

/** A row of working hours in the column `users.working_hours`. */
export type StoredWorkingHours = Omit<WorkingHoursRow, 'daysOfWeek'> & {
  readonly days_of_week: readonly number[];
};

export function toStoredReminder({ minutesBefore, byDay, ...reminder }: Reminder): StoredReminder {
  return { minutes_before: minutesBefore, ...(byDay && { by_day: byDay }), ...reminder };
}

export function fromStoredReminder({ minutes_before, by_day, ...reminder }: StoredReminder): Reminder {
  return { minutesBefore: minutes_before, ...(by_day && { byDay: by_day }), ...reminder };
}

export function toStoredWorkingHours({ daysOfWeek, ...hours }: WorkingHoursRow): StoredWorkingHours {
  return { days_of_week: daysOfWeek, ...hours };
}

export function fromStoredWorkingHours({ days_of_week, ...hours }: StoredWorkingHours): WorkingHoursRow {
  return { daysOfWeek: days_of_week, ...hours };
}
