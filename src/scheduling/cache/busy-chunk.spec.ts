import { describe, expect, test } from '@jest/globals';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import {
  BusyChunk,
  busyCodeOf,
  type CachedOccurrence,
  CHUNK_LENGTH,
  chunkOf,
  windowOfChunk,
} from './busy-chunk.js';
import { chunksOf } from './cached-calendar.js';

const BUSY = busyCodeOf('busy', 'accepted');

function occurrence(start: number, end: number, rest: Partial<CachedOccurrence> = {}): CachedOccurrence {
  return { start, end, eventId: 1, calendarId: 10, code: BUSY, ...rest };
}

function taken(
  chunk: BusyChunk,
  part = { start: 0, end: 100 },
  pending: PendingPolicy = 'busy',
  except: number[] = [],
): string[] {
  const found: string[] = [];
  chunk.collect(part, pending, except, (kind) => ({
    add: ({ starts, ends }, from, to) => {
      for (let index = from; index < to; index += 1) found.push(`${starts[index]}-${ends[index]} ${kind}`);
    },
  }));
  return found;
}

describe('the occurrences of a chunk', () => {
  test('come by their start', () => {
    expect(taken(BusyChunk.of([occurrence(5, 6), occurrence(1, 9)]))).toEqual(['1-9 busy', '5-6 busy']);
  });

  test('are those that overlap the part', () => {
    const chunk = BusyChunk.of([occurrence(1, 3), occurrence(3, 5), occurrence(5, 7)]);
    expect(taken(chunk, { start: 3, end: 5 })).toEqual(['3-5 busy']);
  });

  test.each<[PendingPolicy, string[]]>([
    ['busy', ['1-2 tentative', '2-3 tentative', '3-4 out_of_office']],
    ['answered', ['2-3 tentative', '3-4 out_of_office']],
    ['free', ['3-4 out_of_office']],
  ])('take time by the policy %s', (pending, expected) => {
    const chunk = BusyChunk.of([
      occurrence(1, 2, { code: busyCodeOf('busy', 'needs_action') }),
      occurrence(2, 3, { code: busyCodeOf('busy', 'tentative') }),
      occurrence(3, 4, { code: busyCodeOf('out_of_office', 'organizer') }),
      occurrence(4, 5, { code: busyCodeOf('free', 'accepted') }),
      occurrence(5, 6, { code: busyCodeOf('busy', 'declined') }),
    ]);
    expect(taken(chunk, undefined, pending)).toEqual(expected);
  });

  test('are without those of calendars that are left out', () => {
    const chunk = BusyChunk.of([occurrence(1, 2), occurrence(2, 3, { calendarId: 11 })]);
    expect(taken(chunk, undefined, 'busy', [10])).toEqual(['2-3 busy']);
  });

  test('of changed events give way to the present ones', () => {
    const chunk = BusyChunk.of([occurrence(1, 2), occurrence(3, 4, { eventId: 2 }), occurrence(5, 6)]);
    expect(taken(chunk.with(new Set([1]), [occurrence(7, 8)]))).toEqual(['3-4 busy', '7-8 busy']);
    expect(taken(chunk)).toHaveLength(3);
  });
});

describe('the events of a chunk', () => {
  const chunk = BusyChunk.of([
    occurrence(1, 4),
    occurrence(2, 2, { eventId: 2 }),
    occurrence(3, 5, { eventId: 3, calendarId: 11 }),
    occurrence(4, 6, { eventId: 4 }),
    occurrence(4, 6, { eventId: 5, code: busyCodeOf('busy', 'declined') }),
  ]);

  test.each<[string, number, number, number[], number[]]>([
    ['are those that overlap the part', 1, 4, [], [1, 3]],
    ['are without those that touch it', 4, 5, [], [3, 4]],
    ['are without those of calendars that are left out', 1, 6, [11], [1, 4]],
  ])('%s', (_, start, end, except, expected) => {
    expect(chunk.eventsDuring({ start, end }, 'busy', except)).toEqual(expected);
  });
});

describe('the chunks of a window', () => {
  test.each([
    ['a part of one', 1, 2, [0]],
    ['exactly one', 0, CHUNK_LENGTH, [0]],
    ['parts of two', CHUNK_LENGTH - 1, CHUNK_LENGTH + 1, [0, 1]],
    ['an instant', CHUNK_LENGTH, CHUNK_LENGTH, [1]],
    ['before 1970', -1, 1, [-1, 0]],
  ])('%s', (_, start, end, expected) => {
    expect(chunksOf({ start, end })).toEqual(expected);
  });

  test('has each instant that is in it', () => {
    for (const chunk of [-2, 0, 700]) {
      const { start, end } = windowOfChunk(chunk);
      expect([chunkOf(start), chunkOf(end - 1), chunkOf(end)]).toEqual([chunk, chunk, chunk + 1]);
    }
  });
});
