import { formatInstant } from '../../calendar/time/instant.js';
import { formatEventCivilTime, formatEventTime } from '../../events/model/schedule/event-time-text.js';
import { traceFields } from '../../platform/tracing/tracing.js';
import {
  type EventTimesRecord,
  originalStartOf,
  repeats,
} from '../../scheduling/occurrences/series-record.js';
import { minutesBetween } from '../model/due/reminder-due.js';
import { notificationIdOf } from '../model/notification-id.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';
import type { FiredReminder } from './fired-reminders.js';

/**
 * The original start in the form of the API: an instant, or the date of an all-day event.
 * @public Unit tests use it.
 */
export function originalStartText(event: EventTimesRecord, originalStart: string): string {
  return repeats(event)
    ? formatEventCivilTime(event, originalStartOf(event, originalStart))
    : formatEventTime(event, event.startAt.getTime());
}

/** A reminder that fires, with its times in the form of the API. */
export function firedReminder(event: EventTimesRecord, row: PendingReminderRecord): FiredReminder {
  return {
    notificationId: notificationIdOf(row),
    userId: row.userId,
    eventId: row.eventId,
    originalStart: originalStartText(event, row.originalStart),
    minutesBefore: minutesBetween(row.dueAt, row.startAt),
    method: row.method,
    start: formatEventTime(event, row.startAt.getTime()),
    end: formatEventTime(event, row.endAt.getTime()),
    dueAt: formatInstant(row.dueAt.getTime()),
  };
}

/** The line in the log for a reminder that fires: one JSON object, without anything that only attendees may see. */
export function reminderLine(reminder: FiredReminder, now: Date): string {
  return JSON.stringify({
    level: 'info',
    time: now.toISOString(),
    msg: 'reminder',
    notification_id: reminder.notificationId,
    user_id: reminder.userId,
    event_id: reminder.eventId,
    original_start: reminder.originalStart,
    minutes_before: reminder.minutesBefore,
    start: reminder.start,
    end: reminder.end,
    due_at: reminder.dueAt,
    ...traceFields(),
  });
}
