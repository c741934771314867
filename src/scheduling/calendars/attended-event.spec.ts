import { describe, expect, test } from '@jest/globals';
import type { ParticipationStatus } from '../../calendar/availability/free-busy.js';
import { DAY, formatCivilTime, SECOND_PASS } from '../../calendar/time/civil-time.js';
import {
  type Attended,
  type AttendeeStatuses,
  attendeeGroupsOf,
  type BusyOccurrence,
  type BusyOverrideRecord,
  busyOccurrencesOf,
  statusAtOccurrence,
} from './attended-event.js';

const MONDAY = Date.UTC(2026, 0, 5, 9);

function occurrence(day: number, override: Partial<BusyOverrideRecord> | null = null): BusyOccurrence {
  const start = MONDAY + day * DAY;
  const row = {
    originalStart: formatCivilTime(start),
    cancelled: false,
    start: null,
    length: null,
    showAs: null,
  };
  return {
    start,
    end: start + 1,
    originalStart: start,
    originalCivilStart: start,
    override: override && { ...row, ...override },
  };
}

function attendee(
  userId: number,
  status: ParticipationStatus,
  answers: Record<number, ParticipationStatus> = {},
): AttendeeStatuses {
  return {
    userId,
    status,
    answers: Object.entries(answers).map(([day, answer]) => ({
      originalStart: formatCivilTime(MONDAY + Number(day) * DAY),
      status: answer,
    })),
  };
}

function attended(attendees: readonly AttendeeStatuses[], fields: Partial<Attended> = {}): Attended {
  return { showAs: 'busy', status: 'confirmed', attendees, ...fields };
}

describe('the status at an occurrence', () => {
  test.each<[string, AttendeeStatuses, number, ParticipationStatus]>([
    ['is that of the event', attendee(1, 'accepted'), 0, 'accepted'],
    ['is the answer to the occurrence', attendee(1, 'accepted', { 0: 'declined' }), 0, 'declined'],
    ['is not the answer to another one', attendee(1, 'accepted', { 0: 'declined' }), 1, 'accepted'],
  ])('%s', (_, who, day, expected) => {
    expect(statusAtOccurrence(who)(occurrence(day))).toBe(expected);
  });

  test('is the answer also in the second pass of an hour', () => {
    const second = { originalCivilStart: MONDAY + SECOND_PASS };
    expect(statusAtOccurrence(attendee(1, 'accepted', { 0: 'declined' }))(second)).toBe('declined');
  });
});

describe('attendees', () => {
  test.each<[string, AttendeeStatuses[], number[][]]>([
    ['with the same status are together', [attendee(1, 'accepted'), attendee(2, 'accepted')], [[1, 2]]],
    [
      'with another status are apart',
      [attendee(1, 'accepted'), attendee(2, 'declined'), attendee(3, 'accepted')],
      [[1, 3], [2]],
    ],
    [
      'under another policy are apart',
      [attendee(1, 'accepted'), { ...attendee(2, 'accepted'), pending: 'free' }, attendee(3, 'accepted')],
      [[1, 3], [2]],
    ],
    [
      'with answers of their own are alone',
      [attendee(1, 'accepted', { 0: 'declined' }), attendee(2, 'accepted')],
      [[1], [2]],
    ],
  ])('%s', (_, attendees, groups) => {
    expect(attendeeGroupsOf(attended(attendees)).map(({ userIds }) => userIds)).toEqual(groups);
  });
});

describe('the occurrences at which an attendee is busy', () => {
  const days = [occurrence(0), occurrence(1), occurrence(2)];

  test.each<[string, Attended, BusyOccurrence[], number[]]>([
    ['is all of it', attended([attendee(1, 'accepted')]), days, [0, 1, 2]],
    [
      'is nothing of an unanswered invitation under the policy free',
      attended([{ ...attendee(1, 'needs_action'), pending: 'free' }]),
      days,
      [],
    ],
    ['is nothing of a declined event', attended([attendee(1, 'declined')]), days, []],
    [
      'is nothing of a cancelled event',
      attended([attendee(1, 'accepted')], { status: 'cancelled' }),
      days,
      [],
    ],
    [
      'leaves out a declined occurrence',
      attended([attendee(1, 'accepted', { 1: 'declined' })]),
      days,
      [0, 2],
    ],
    [
      'is an accepted occurrence of a declined event',
      attended([attendee(1, 'declined', { 1: 'accepted' })]),
      days,
      [1],
    ],
    [
      'leaves out occurrences that were cancelled or are shown as free',
      attended([attendee(1, 'accepted')]),
      [occurrence(0, { cancelled: true }), occurrence(1, { showAs: 'free' }), occurrence(2, {})],
      [2],
    ],
    [
      'is an occurrence shown as busy of an event shown as free',
      attended([attendee(1, 'accepted')], { showAs: 'free' }),
      [occurrence(0), occurrence(1, { showAs: 'busy' })],
      [1],
    ],
  ])('%s', (_, event, occurrences, expected) => {
    const busy = busyOccurrencesOf(event, occurrences).get(1);
    expect(busy?.map(({ start }) => (start - MONDAY) / DAY)).toEqual(expected);
  });

  test('is one list for all attendees with the same status', () => {
    const busy = busyOccurrencesOf(attended([attendee(1, 'accepted'), attendee(2, 'accepted')]), days);
    expect(busy.get(1)).toBe(busy.get(2));
  });
});
