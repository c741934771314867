import { WrittenRule } from '../../../src/calendar/recurrence/written-rule.js';
import { HOUR, type Instant, parseCivilTime } from '../../../src/calendar/time/civil-time.js';
import { NO_APPEARANCE } from '../../../src/events/model/appearance/event-appearance.js';
import type { DetailedEventView, EventView } from '../../../src/events/model/event.policy.js';
import type {
  AttendeeRecord,
  EventRecord,
  OverrideRecord,
  RecordedOccurrence,
} from '../../../src/events/model/event-record.js';
import { withoutOverride } from '../../../src/events/model/occurrence-override.js';

/** The first Monday of 2026, at nine. */
export const MONDAY_AT_NINE = '2026-01-05T09:00:00';

/** An event of user 1 in UTC: an hour on that Monday at nine. */
export function eventRecord(fields: Partial<EventRecord> = {}): EventRecord {
  const start = fields.start ?? MONDAY_AT_NINE;
  const startAt = new Date(`${start}Z`);
  return {
    id: 1,
    organizerId: 1,
    foreignOrganizer: false,
    title: 'Meeting',
    description: null,
    location: null,
    visibility: 'public',
    showAs: 'busy',
    status: 'confirmed',
    ...NO_APPEARANCE,
    externalId: null,
    metadata: {},
    allDay: false,
    floating: false,
    timeZone: 'UTC',
    endTimeZone: null,
    start,
    length: { seconds: 3_600 },
    rule: null,
    rdates: [],
    exdates: [],
    secondPasses: null,
    endsBefore: null,
    startAt,
    endAt: new Date(startAt.getTime() + HOUR),
    version: 1,
    createdAt: startAt,
    updatedAt: startAt,
    attendees: [attendeeRecord(1, { inviteId: null, status: 'organizer' })],
    overrides: [],
    answers: [],
    guests: [],
    guestAnswers: [],
    complete: true,
    ...fields,
  };
}

/** The same every day, without end. */
export function dailyRecord(fields: Partial<EventRecord> = {}): EventRecord {
  return eventRecord({ rule: new WrittenRule('FREQ=DAILY'), endAt: null, ...fields });
}

export function attendeeRecord(userId: number, fields: Partial<AttendeeRecord> = {}): AttendeeRecord {
  return {
    userId,
    calendarId: userId,
    inviteId: userId,
    status: 'needs_action',
    role: 'required',
    occurrencesStatus: null,
    comment: null,
    createdAt: '2026-01-01T00:00:00+00:00',
    updatedAt: '2026-01-01T00:00:00+00:00',
    protected: false,
    name: `user ${userId}`,
    email: null,
    timeZone: 'UTC',
    kind: 'person',
    userCreatedAt: '2026-01-01T00:00:00+00:00',
    userUpdatedAt: '2026-01-01T00:00:00+00:00',
    ...fields,
  };
}

export function overrideRecord(originalStart: string, fields: Partial<OverrideRecord> = {}): OverrideRecord {
  return { ...withoutOverride({ originalStart }), ...fields };
}

/** All of an event, as an actor without a token sees it. */
export function viewOf(event: EventRecord): DetailedEventView {
  return {
    details: true,
    event,
    viewerId: null,
    cancelled: event.status === 'cancelled',
    organizerTimeZone: 'UTC',
    productData: null,
  };
}

/** The times of a private event, as an actor without a token sees it. */
export function redactedViewOf(event: EventRecord): EventView {
  return {
    details: false,
    event,
    viewerId: null,
    cancelled: event.status === 'cancelled',
    organizerTimeZone: 'UTC',
  };
}

/** An occurrence of an hour in UTC, that starts where the series has it. */
export function occurrenceOf(
  originalStart: string,
  override: OverrideRecord | null = null,
): RecordedOccurrence {
  const originalCivilStart = parseCivilTime(originalStart);
  const start = Date.parse(`${originalStart}Z`);
  return { start, end: start + HOUR, originalStart: start, originalCivilStart, override };
}

/** `2026-01-05 09:00`, in UTC. */
export function toldInstant(instant: Instant): string {
  return new Date(instant).toISOString().slice(0, 16).replace('T', ' ');
}
