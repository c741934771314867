import { formatInstant } from '../../calendar/time/instant.js';
import { formatEventCivilTime, formatEventTime } from '../../events/model/schedule/event-time-text.js';
import { traceFields } from '../../platform/tracing/tracing.js';
import {
  type EventTimesRecord,
  originalStartOf,
  repeats,
} from '../../scheduling/occurrences/series-record.js';
import { notificationIdOf } from '../model/notification-id.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';

/**
 * The original start in the form of the API: an instant, or the date of an all-day event.
 * @public Unit tests use it.
 */
export function originalStartText(event: EventTimesRecord, originalStart: string): string {
  return repeats(event)
    ? formatEventCivilTime(event, originalStartOf(event, originalStart))
    : formatEventTime(event, event.startAt.getTime());
}

/** The line in the log for a reminder that fires: one JSON object, without anything that only attendees may see. */
export function reminderLine(event: EventTimesRecord, row: PendingReminderRecord, now: Date): string {
  return JSON.stringify({
    level: 'info',
    time: now.toISOString(),
    msg: 'reminder',
    notification_id: notificationIdOf(row),
    user_id: row.userId,
    event_id: row.eventId,
    original_start: originalStartText(event, row.originalStart),
    minutes_before: row.minutesBefore,
    start: formatEventTime(event, row.startAt.getTime()),
    end: formatEventTime(event, row.endAt.getTime()),
    due_at: formatInstant(row.dueAt.getTime()),
    ...traceFields(),
  });
}
