import type { Instant } from '../../../calendar/time/civil-time.js';
import type { PendingReminderRecord } from '../reminder-records.js';
import type { ReminderSearch } from './next-reminder.js';

/**
 * Plans a reminder again after a change of its event. If the reminder is due next for the same start as before, the
 * change does not concern it. Otherwise its times are new to the attendee, and only the reminder of the next occurrence
 * may fire late: a change must not fire the reminders of a whole week at once.
 * @param before the reminder as it was pending before the change; undefined: the reminder was not pending
 * @param next searches for the next reminder
 */
export function replannedReminder(
  before: PendingReminderRecord | undefined,
  now: Instant,
  next: (search: ReminderSearch) => PendingReminderRecord | null,
): PendingReminderRecord | null {
  if (before === undefined) return next({ from: now, dueFrom: now, lateForNext: true });
  const from = searchStart(before, now);
  const same = next({ from, dueFrom: before.dueFrom.getTime(), lateForNext: false });
  if (same?.startAt.getTime() === before.startAt.getTime()) return same;
  return next({ from, dueFrom: unfiredSince(before, now), lateForNext: true });
}

/**
 * The instant from which occurrences are searched: now. If no instance fired the reminder in time, the start of its
 * occurrence.
 */
export function searchStart({ dueAt, startAt }: PendingReminderRecord, now: Instant): Instant {
  return dueAt.getTime() <= now ? Math.min(now, startAt.getTime()) : now;
}

/** The instant since which reminders may have come due without firing. */
function unfiredSince({ dueAt, dueFrom }: PendingReminderRecord, now: Instant): Instant {
  return Math.min(now, Math.max(dueAt.getTime(), dueFrom.getTime()));
}
