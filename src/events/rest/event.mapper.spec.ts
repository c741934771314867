import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  eventRecord,
  redactedViewOf,
  viewOf,
} from '../../../test/support/core/event-records.js';
import type { EventRecord } from '../model/event-record.js';
import { toBookedEventDto, toCreatedEventDto, toSeenEventDto } from './event.mapper.js';

const ATTENDEE = {
  status: 'organizer',
  role: 'required',
  only_occurrences: false,
  guest: null,
  user: {
    id: 1,
    name: 'user 1',
    email: null,
    kind: 'person',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: '2026-01-01T00:00:00.000Z',
  },
  invite_id: null,
  comment: null,
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
};

const TIMES = { start_date: '2026-01-05T09:00:00Z', end_date: '2026-01-05T10:00:00Z', all_day: false };

/** Every field of the response with an event: no other field of the record leaves. */
const EVENT = {
  ...TIMES,
  redacted: false,
  id: 1,
  title: 'Meeting',
  description: null,
  location: null,
  duration: 3_600,
  time_zone: 'UTC',
  end_time_zone: null,
  floating: false,
  organizer_user_id: 1,
  owner_user_id: 1,
  calendar_id: 1,
  visibility: 'public',
  show_as: 'busy',
  status: 'confirmed',
  url: null,
  color: null,
  categories: [],
  conference: null,
  repeat: null,
  rrule: null,
  recurrence: [],
  attendees: [ATTENDEE],
  attendees_omitted: 0,
  version: 1,
  created_at: '2026-01-05T09:00:00.000Z',
  updated_at: '2026-01-05T09:00:00.000Z',
};

const HOLIDAY: Partial<EventRecord> = {
  allDay: true,
  timeZone: 'Europe/Berlin',
  start: '2026-10-24T00:00:00',
  startAt: new Date('2026-10-23T22:00:00Z'),
  length: { days: 2 },
};

describe('an event in a response', () => {
  test('has every field, and no other', () => {
    expect(toSeenEventDto(viewOf(eventRecord()))).toStrictEqual(EVENT);
  });

  test.each<[string, EventRecord, object]>([
    [
      'that is all-day has dates and a duration of days',
      eventRecord(HOLIDAY),
      { start_date: '2026-10-24', end_date: '2026-10-26', duration: 2, all_day: true },
    ],
    [
      'that repeats has its rule in three forms',
      dailyRecord(),
      {
        repeat: { frequency: 'daily' },
        rrule: 'DTSTART:20260105T090000Z\nFREQ=DAILY',
        recurrence: ['RRULE:FREQ=DAILY'],
      },
    ],
  ])('%s', (_, event, fields) => {
    expect(toSeenEventDto(viewOf(event))).toMatchObject(fields);
  });

  test('has what the product keeps with it only for a viewer who sees that', () => {
    const event = eventRecord({ externalId: 'case-42', metadata: { case_id: '42' } });
    const productData = { external_id: 'case-42', metadata: { case_id: '42' } };
    expect(toSeenEventDto(viewOf(event))).toStrictEqual(EVENT);
    expect(toSeenEventDto({ ...viewOf(event), productData: event })).toStrictEqual({
      ...EVENT,
      ...productData,
    });
  });

  test('shows at most so many attendees', () => {
    const event = eventRecord({ attendees: [attendeeRecord(1), attendeeRecord(2), attendeeRecord(3)] });
    expect(toSeenEventDto(viewOf(event), 1)).toMatchObject({
      attendees: [{ user: { id: 1 } }],
      attendees_omitted: 2,
    });
  });
});

describe('a private event in a response', () => {
  test('has its times alone', () => {
    const event = eventRecord({ visibility: 'private', description: 'hidden' });
    const redacted = { ...TIMES, floating: false, redacted: true, id: 1, visibility: 'private' };
    expect(toSeenEventDto(redactedViewOf(event))).toStrictEqual(redacted);
  });
});

test('a booked event has its conflicts, and so has a created one', () => {
  const start = Date.UTC(2026, 0, 5, 9);
  const conflicts = [{ userId: 2, start, end: start + 60_000, eventIds: [5], events: [] }];
  const shown = [{ user_id: 2, start: '2026-01-05T09:00:00Z', end: '2026-01-05T09:01:00Z', events: [] }];
  const view = viewOf(eventRecord());
  const booked = { view, conflicts, conflictsCheckedUntil: start, skipped: null, warnings: [] };
  const expected = { ...EVENT, conflicts: shown, conflicts_checked_until: '2026-01-05T09:00:00Z' };
  expect(toBookedEventDto(booked)).toStrictEqual(expected);
  expect(toCreatedEventDto(booked)).toStrictEqual(expected);
});

test('a booked event has warnings for callers who see its details alone', () => {
  const warnings = [{ code: 'room_too_small' as const, roomId: 5, capacity: 1, attendees: 2 }];
  const shown = [{ code: 'room_too_small', room_id: 5, capacity: 1, attendees: 2 }];
  const event = eventRecord({ visibility: 'private' });
  const booked = { conflicts: [], conflictsCheckedUntil: null, skipped: null, warnings };
  expect(toBookedEventDto({ view: viewOf(event), ...booked }).warnings).toEqual(shown);
  expect(toBookedEventDto({ view: redactedViewOf(event), ...booked }).warnings).toBeUndefined();
});
