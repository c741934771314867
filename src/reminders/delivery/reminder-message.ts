import type { OutlinedOccurrence } from '../../events/model/event-outline.js';
import { formatEventTime } from '../../events/model/schedule/event-time-text.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { minutesBetween } from '../model/due/reminder-due.js';
import type { PlannedEvent } from '../model/planned-event.js';
import type { DeliveryRecord } from '../model/reminder-records.js';

/** The content and the recipient of a reminder by email or webhook. */
export interface ReminderMessage {
  readonly notificationId: string;
  readonly eventId: number;
  /** Minutes from the reminder to the start; negative: after it. */
  readonly minutesBefore: number;
  /** In the form of the API: an instant, or the date of an all-day event. */
  readonly originalStart: string;
  readonly start: string;
  readonly end: string;
  readonly startAt: Date;
  readonly endAt: Date;
  readonly allDay: boolean;
  /** The zone of the event. The dates of an all-day event are in this zone. */
  readonly timeZone: string;
  readonly title: string;
  readonly location: string | null;
  readonly user: Pick<UserRecord, 'id' | 'name' | 'email' | 'timeZone'>;
  /** The URL that a webhook calls; null for an email. */
  readonly url: string | null;
}

export function reminderMessage(
  { notificationId, eventId, dueAt, url }: DeliveryRecord,
  event: PlannedEvent,
  { start, end, originalStart, override }: OutlinedOccurrence,
  user: UserRecord,
): ReminderMessage {
  return {
    notificationId,
    eventId,
    minutesBefore: minutesBetween(dueAt, new Date(start)),
    originalStart: formatEventTime(event, originalStart),
    start: formatEventTime(event, start),
    end: formatEventTime(event, end),
    startAt: new Date(start),
    endAt: new Date(end),
    allDay: event.allDay,
    timeZone: event.timeZone,
    title: override?.title ?? event.title,
    location: (override?.location ?? event.location) || null,
    user,
    url,
  };
}
