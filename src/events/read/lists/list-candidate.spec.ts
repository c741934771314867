import { describe, expect, test } from '@jest/globals';
import {
  dailyRecord,
  eventRecord,
  toldInstant,
  viewOf,
} from '../../../../test/support/core/event-records.js';
import { MAX_OCCURRENCES } from '../../../calendar/recurrence/series/recurrence-set.js';
import { MAX_ID } from '../../../platform/values/max-id.js';
import { CompiledSeries } from '../../../scheduling/occurrences/compiled-series.js';
import { OccurrencesService } from '../../../scheduling/occurrences/occurrences.service.js';
import type { EventRecord } from '../../model/event-record.js';
import { ListCandidate } from './list-candidate.js';
import { type OccurrencesShown, ShownInWindow } from './occurrences-shown.js';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 0, 5);
const NINE = MONDAY + 9 * 3_600_000;

function candidate(
  event: EventRecord,
  days: number,
  { redactedPlace = null, ...fields }: Partial<OccurrencesShown> & { redactedPlace?: number | null } = {},
): ListCandidate {
  const window = { start: MONDAY, end: MONDAY + days * DAY };
  const shown = new ShownInWindow(1, window, new OccurrencesService(new CompiledSeries())).inFull(
    event,
    false,
  );
  return new ListCandidate(viewOf(event), event, { ...shown, ...fields }, redactedPlace, window);
}

describe('a candidate of a list', () => {
  test('has its first occurrence in the window', () => {
    expect(candidate(dailyRecord({ start: '2020-01-01T09:00:00' }), 3).first()?.occurrence.start).toBe(NINE);
    expect(candidate(eventRecord({ start: '2026-02-01T09:00:00' }), 3).first()).toBeNull();
  });

  test.each<[string, number | null, number[]]>([
    ['the id and the original start', null, [NINE, 7, NINE]],
    ['a place after all ids', 3, [NINE, MAX_ID + 1, 3 * (MAX_OCCURRENCES + 1)]],
  ])('has a key of the start and %s', (_, redactedPlace, key) => {
    expect(candidate(eventRecord({ id: 7 }), 3, { redactedPlace }).first()?.key).toEqual(key);
  });

  test('has different keys for redacted occurrences that start together', () => {
    const event = dailyRecord({
      overrides: [
        {
          originalStart: '2026-01-06T09:00:00',
          start: '2026-01-05T09:00:00',
          cancelled: false,
          length: null,
          title: null,
          description: null,
          location: null,
          showAs: null,
        },
      ],
    });
    const keys = [...candidate(event, 2, { redactedPlace: 0 }).occurrencesFrom(-Infinity)].map(
      ({ key }) => key,
    );
    expect(keys).toEqual([
      [NINE, MAX_ID + 1, 0],
      [NINE, MAX_ID + 1, 1],
    ]);
  });

  test.each<[string, number, number, boolean]>([
    ['as many as one response has', 3, 3, false],
    ['one more', 4, 3, true],
    ['fewer', 2, 3, false],
  ])('that has %s', (_, days, max, truncated) => {
    const daily = candidate(dailyRecord(), days, { max });
    expect(daily.all()).toHaveLength(Math.min(days, max));
    expect(daily.truncated).toBe(truncated);
  });

  test('is truncated if occurrences are left out of what it shows', () => {
    expect(candidate(dailyRecord(), 2, { partial: true }).truncated).toBe(true);
  });

  test('ends at the last occurrence that one response has, also when it is read from within', () => {
    const daily = candidate(dailyRecord(), 10, { max: 3 });
    const starts = [...daily.occurrencesFrom(NINE + DAY)].map(({ occurrence }) =>
      toldInstant(occurrence.start),
    );
    expect(starts).toEqual(['2026-01-06 09:00', '2026-01-07 09:00']);
  });
});
