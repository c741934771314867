import { describe, expect, test } from '@jest/globals';
import { HOUR, type Instant } from '../../../calendar/time/civil-time.js';
import type { PendingReminderRecord } from '../reminder-records.js';
import type { ReminderSearch } from './next-reminder.js';
import { replannedReminder, searchStart } from './replanned-reminder.js';

const NOON = Date.UTC(2026, 0, 5, 12);

/** A reminder an hour before a start, planned since an instant. All in hours from noon. */
function pending(start: number, dueFrom = -24): PendingReminderRecord {
  return {
    eventId: 1,
    userId: 2,
    minutesBefore: 60,
    method: 'log',
    url: null,
    originalStart: '2026-01-05T12:00:00',
    startAt: at(start),
    endAt: at(start + 1),
    dueAt: at(start - 1),
    dueFrom: at(dueFrom),
  };
}

function at(hours: number): Date {
  return new Date(NOON + hours * HOUR);
}

/** The searches that planning again makes, if they find what is given; times in hours from noon. */
function searchesOf(before: PendingReminderRecord | undefined, found: PendingReminderRecord | null) {
  const searches: ReminderSearch[] = [];
  const planned = replannedReminder(before, NOON, (search) => {
    searches.push(search);
    return found;
  });
  const hours = (instant: Instant) => (instant - NOON) / HOUR;
  return {
    planned,
    searches: searches.map(({ from, dueFrom, lateForNext }) => [hours(from), hours(dueFrom), lateForNext]),
  };
}

describe('a reminder that is planned again', () => {
  test('begins now if it was not pending, and may be late for the next occurrence', () => {
    expect(searchesOf(undefined, pending(5))).toEqual({ planned: pending(5), searches: [[0, 0, true]] });
  });

  test.each<[string, PendingReminderRecord, PendingReminderRecord | null, unknown[][]]>([
    ['stays as it is if it is due for the same start', pending(5), pending(5), [[0, -24, false]]],
    [
      'is searched again if its occurrence moved',
      pending(5),
      pending(6),
      [
        [0, -24, false],
        [0, 0, true],
      ],
    ],
    [
      'is searched again if it has no occurrence any more',
      pending(5),
      null,
      [
        [0, -24, false],
        [0, 0, true],
      ],
    ],
    [
      'begins at the occurrence of a reminder that is overdue',
      pending(-3),
      pending(-2),
      [
        [-3, -24, false],
        [-3, -4, true],
      ],
    ],
    [
      'begins no earlier than it was planned',
      pending(-3, -1),
      pending(-2),
      [
        [-3, -1, false],
        [-3, -1, true],
      ],
    ],
    ['begins now if the overdue occurrence is ahead', pending(0.5), pending(0.5), [[0, -24, false]]],
  ])('%s', (_, before, found, searches) => {
    expect(searchesOf(before, found)).toEqual({ planned: found, searches });
  });
});

test.each<[string, number, number]>([
  ['now, if the reminder is not due', 5, 0],
  ['now, if the reminder is due and the occurrence ahead', 1, 0],
  ['at the occurrence, if it has begun', -2, -2],
])('a search begins %s', (_, start, expected) => {
  expect(searchStart(pending(start), NOON)).toBe(NOON + expected * HOUR);
});
