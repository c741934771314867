import { describe, expect, test } from '@jest/globals';
import {
  attendeeRecord,
  dailyRecord,
  MONDAY_AT_NINE,
  occurrenceOf,
  overrideRecord,
  redactedViewOf,
  viewOf,
} from '../../../test/support/core/event-records.js';
import type { OverrideRecord } from '../model/event-record.js';
import { toBookedOccurrenceDto, toEventOccurrenceDto } from './occurrence.mapper.js';

const SERIES = dailyRecord({
  description: 'Weekly news',
  location: 'Room 5',
  attendees: [attendeeRecord(1), attendeeRecord(2)],
  answers: [
    { userId: 2, originalStart: MONDAY_AT_NINE, status: 'declined', removed: false, comment: 'Abroad.' },
    { userId: 2, originalStart: '2026-01-06T09:00:00', status: 'accepted', removed: false, comment: null },
  ],
});

const TIMES = {
  start: '2026-01-05T09:00:00Z',
  end: '2026-01-05T10:00:00Z',
  original_start: '2026-01-05T09:00:00Z',
};

/** Every field of the response with an occurrence: no other field of the record leaves. */
const OCCURRENCE = {
  ...TIMES,
  redacted: false,
  event_id: 1,
  status: 'confirmed',
  title: 'Meeting',
  description: 'Weekly news',
  location: 'Room 5',
  show_as: 'busy',
  answers: [{ user_id: 2, invite_id: 2, status: 'declined', removed: false, comment: 'Abroad.' }],
  attendees_omitted: 0,
};

function overridden(fields: Partial<OverrideRecord>) {
  return occurrenceOf(MONDAY_AT_NINE, overrideRecord(MONDAY_AT_NINE, fields));
}

describe('an occurrence in a response', () => {
  test.each<[string, Partial<OverrideRecord>, object]>([
    ['has the fields of the series', {}, {}],
    [
      'has the texts of its override',
      { title: 'News', description: 'One', location: 'Room 6' },
      { title: 'News', description: 'One', location: 'Room 6' },
    ],
    [
      'has no text if its override is empty',
      { description: '', location: '' },
      { description: null, location: null },
    ],
    ['is free if its override is', { showAs: 'free' }, { show_as: 'free' }],
    ['is cancelled by its override', { cancelled: true }, { status: 'cancelled' }],
  ])('%s', (_, override, fields) => {
    const dto = toEventOccurrenceDto(viewOf(SERIES), overridden(override));
    expect(dto).toStrictEqual({ ...OCCURRENCE, ...fields });
  });

  test('has its own start and that of the series', () => {
    const moved = { ...occurrenceOf(MONDAY_AT_NINE), start: Date.UTC(2026, 0, 5, 9, 30) };
    expect(toEventOccurrenceDto(viewOf(SERIES), moved)).toMatchObject({
      start: '2026-01-05T09:30:00Z',
      original_start: '2026-01-05T09:00:00Z',
    });
  });

  test('has the answers of the attendees whom it shows', () => {
    const dto = toEventOccurrenceDto(viewOf(SERIES), occurrenceOf(MONDAY_AT_NINE), 1);
    expect(dto).toMatchObject({ answers: [], attendees_omitted: 1 });
  });

  test('of a private event has its times alone', () => {
    const dto = toEventOccurrenceDto(redactedViewOf(SERIES), overridden({ title: 'hidden' }));
    expect(dto).toStrictEqual({ ...TIMES, redacted: true, event_id: 1, visibility: 'private' });
  });

  test('has the conflicts of the time that it books', () => {
    const view = viewOf(SERIES);
    const booked = {
      view,
      occurrence: occurrenceOf(MONDAY_AT_NINE),
      conflicts: [],
      conflictsCheckedUntil: null,
      skipped: null,
      warnings: [],
    };
    expect(toBookedOccurrenceDto(booked)).toStrictEqual({
      ...OCCURRENCE,
      conflicts: [],
      conflicts_checked_until: null,
    });
  });
});
