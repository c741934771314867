import { describe, expect, test } from '@jest/globals';
import { search, told } from '../../../../test/support/core/free-interval-search.js';
import { set } from '../../../../test/support/core/interval-set.js';
import type { Interval } from '../../intervals/interval.js';
import { DAY, HOUR, MINUTE } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import { FreeIntervalSearch } from './free-interval-search.js';

const UTC = timeZone('UTC');

/** A search for meetings that last 2 from 0 to 10, in whole units. */
function searchOf(people: number, query: Partial<FreeIntervalQuery> = {}): FreeIntervalSearch {
  return new FreeIntervalSearch(
    {
      window: { start: 0, end: 10 },
      duration: 2,
      step: null,
      bufferBefore: 0,
      bufferAfter: 0,
      minAttending: null,
      limit: 1,
      ...query,
    },
    Array.from({ length: people }, (_, at) => ({
      id: at + 1,
      workingHours: null,
      timeZone: UTC,
      optional: false,
    })),
  );
}

/** Adds a part, with the busy time of each person in order. */
function advance(parts: FreeIntervalSearch, part: string, ...busy: string[]): void {
  parts.advance(set(part)[0], { busy: new Map(busy.map((text, at) => [at + 1, set(text)])) });
}

const suggestionsOf = (parts: FreeIntervalSearch) =>
  parts.answer().suggestions.map(({ start, end, freeUntil }) => `${start}-${end} until ${freeUntil}`);

const daysOf = (read: readonly Interval[]) => read.map(({ start, end }) => (end - start) / DAY);

describe('several suggestions', () => {
  test('follow each other without an overlap, within a gap and over meetings', async () => {
    const { times } = await search([{ busy: '10:30 - 11:15' }], { limit: 4 });
    expect(times).toEqual(['08:00 - 09:00', '09:00 - 10:00', '11:15 - 12:15', '12:15 - 13:15']);
  });

  test('do not overlap where different people come to them', async () => {
    const early = { busy: '09:00 - 20:00' };
    const late = { busy: '07:00 - 08:30, 12:00 - 20:00' };
    const { suggestions } = await search([early, late], { minAttending: 1, limit: 2 });
    expect(suggestions).toEqual([
      { time: '08:00 - 09:00', freeUntil: '09:00', attending: [1] },
      { time: '09:00 - 10:00', freeUntil: '12:00', attending: [2] },
    ]);
  });

  test('stay on the grid', async () => {
    const { times } = await search([{ busy: '10:30 - 11:10' }], {
      limit: 3,
      step: 30 * MINUTE,
      duration: 40 * MINUTE,
    });
    expect(times).toEqual(['08:00 - 08:40', '09:00 - 09:40', '11:30 - 12:10']);
  });

  test('are fewer where there are no more', async () => {
    const { times } = await search([{}], { limit: 9, to: '10:30' });
    expect(times).toEqual(['08:00 - 09:00', '09:00 - 10:00']);
  });
});

describe('reasons', () => {
  test('name users and rules, and who could attend at no time at all', async () => {
    const { nearest, reasons } = await search(
      [
        { hours: '09:00 - 12:00', busy: '10:00 - 11:00' },
        { hours: '09:00 - 12:00', busy: '09:00 - 12:00' },
        {},
      ],
      { bufferBefore: 5 * MINUTE, duration: 50 * MINUTE, to: '20:00' },
    );
    expect(nearest).toBeUndefined();
    expect(reasons).toEqual([
      '1 busy',
      '1 buffer',
      '1 outside_working_hours',
      '2 busy, throughout',
      '2 buffer, throughout',
      '2 outside_working_hours, throughout',
    ]);
  });

  test('tell what came before the nearest interval, and nothing after it', async () => {
    const { nearest, reasons } = await search([
      { hours: '09:00 - 18:00' },
      {
        busy: '08:30 - 10:00, 11:00 - 12:00',
      },
      { busy: '11:00 - 12:00' },
    ]);
    expect(nearest).toMatchObject({ time: '10:00 - 11:00' });
    expect(reasons).toEqual(['1 outside_working_hours', '2 busy']);
  });

  test('are none where only the window is too short', async () => {
    const { nearest, reasons, read } = await search([{ busy: '08:00 - 08:30' }], { to: '08:59' });
    expect({ nearest, reasons, read }).toEqual({ nearest: undefined, reasons: [], read: [] });
  });
});

describe('the calendars are read', () => {
  const aYear = { from: '2026-01-05 08:00', to: '2027-01-05 08:00' };

  test('a week only, for an answer and its end within it', async () => {
    const { nearest, read } = await search(
      [
        {
          busy: '08:00 - 09:00, 12:00 - 13:00',
        },
      ],
      aYear,
    );
    expect(nearest).toMatchObject({ freeUntil: '12:00' });
    expect(daysOf(read)).toEqual([7]);
  });

  test('wider by the buffers', async () => {
    const wish = { ...aYear, bufferBefore: HOUR, bufferAfter: 2 * HOUR };
    const { read } = await search([{ hours: '09:00 - 18:00' }], wish);
    expect(read.map(({ start, end }) => `${told(start)} - ${told(end)}`)).toEqual([
      '07:00 - 2026-01-12 10:00',
    ]);
  });

  test('in parts that double, once each, without a break, to the end where there is no answer', async () => {
    const { nearest, read } = await search([{ busy: '2026-01-01 00:00 - 2030-01-01 00:00' }], aYear);
    expect(nearest).toBeUndefined();
    expect(daysOf(read)).toEqual([7, 14, 28, 56, 112, 148]);
    expect(read.slice(1).map(({ start }) => start)).toEqual(read.slice(0, -1).map(({ end }) => end));
  });

  test('as far as the free interval is open', async () => {
    const { nearest, read } = await search([{ busy: '2026-02-20 00:00 - 2026-02-21 00:00' }], aYear);
    expect(nearest).toMatchObject({ time: '08:00 - 09:00', freeUntil: '2026-02-20 00:00' });
    expect(daysOf(read)).toEqual([7, 14, 28]);
  });

  test('across the border of two parts, for an interval that lies on it', async () => {
    const busy = '08:00 - 2026-01-12 07:30, 2026-01-12 08:30 - 2026-01-20 00:00';
    const { nearest } = await search([{ busy }], aYear);
    expect(nearest).toMatchObject({
      time: '2026-01-12 07:30 - 2026-01-12 08:30',
      freeUntil: '2026-01-12 08:30',
    });
  });

  test('for a meeting longer than the first parts', async () => {
    const { nearest } = await search([{ busy: '2026-01-06 00:00 - 2026-01-07 00:00' }], {
      ...aYear,
      duration: 60 * DAY,
    });
    expect(nearest).toMatchObject({ time: '2026-01-07 00:00 - 2026-03-08 00:00', freeUntil: null });
  });
});

describe('a search, part by part', () => {
  test('takes a person that a part does not name as free', () => {
    const parts = searchOf(2);
    advance(parts, '0-10', '0-3');
    expect(suggestionsOf(parts)).toEqual(['3-5 until null']);
  });

  test('is settled at the end of the window, with or without a suggestion', () => {
    const [found, none] = [searchOf(1), searchOf(1)];
    advance(found, '0-10', '');
    advance(none, '0-10', '0-10');
    expect([found.isSettled, none.isSettled]).toEqual([true, true]);
  });

  test('is settled once it knows the end of each suggestion', () => {
    const parts = searchOf(1, { limit: 2 });
    advance(parts, '0-5', '2-3');
    expect(suggestionsOf(parts)).toEqual(['0-2 until 2', '3-5 until 5']);
    expect(parts.isSettled).toBe(false);
    advance(parts, '5-7', '6-7');
    expect(suggestionsOf(parts)).toEqual(['0-2 until 2', '3-5 until 6']);
    expect(parts.isSettled).toBe(true);
  });

  test('is not settled before it has all suggestions', () => {
    const parts = searchOf(1, { limit: 2 });
    advance(parts, '0-4', '2-4');
    expect(parts.isSettled).toBe(false);
  });

  test('finds no meeting that ends after the free time', () => {
    const parts = searchOf(1, { limit: 9 });
    advance(parts, '0-10', '5-10');
    expect(suggestionsOf(parts)).toEqual(['0-2 until 5', '2-4 until 5']);
  });

  test('finds no meeting that overlaps one of an earlier part', () => {
    const parts = searchOf(1, { limit: 9 });
    advance(parts, '0-2', '');
    advance(parts, '2-4', '');
    advance(parts, '4-6', '5-6');
    advance(parts, '6-10', '');
    expect(suggestionsOf(parts)).toEqual(['0-2 until 5', '2-4 until 5', '6-8 until null', '8-10 until null']);
  });

  test('follows all who attend some suggestion to the end of their time', () => {
    const parts = searchOf(2, { limit: 2, minAttending: 1 });
    advance(parts, '0-4', '2-4', '0-2');
    advance(parts, '4-8', '', '7-8');
    expect(suggestionsOf(parts)).toEqual(['0-2 until 2', '2-4 until 7']);
  });
});
