import { describe, expect, test } from '@jest/globals';
import { type SeriesText, seriesOf } from '../../../test/support/core/series.js';
import { compileSeries } from '../recurrence/series/event-series.js';
import { formatInstant } from '../time/instant.js';
import type { BusySeries } from './busy-series.js';
import { ComparisonBudget } from './comparison-budget.js';
import { conflictingOccurrences } from './conflicting-occurrences.js';

const busy = (text: SeriesText): BusySeries => ({ series: compileSeries(seriesOf(text)) });

function starts(event: SeriesText, others: readonly SeriesText[], limit = 1, from = '2026-01-01T00:00:00Z') {
  const calendar = { single: [], series: others.map(busy) };
  const choice = { from: Date.parse(from), limit, budget: new ComparisonBudget() };
  const { occurrences, checkedUntil } = conflictingOccurrences(busy(event), calendar, choice);
  return [...occurrences.map(({ start }) => formatInstant(start)), ...(checkedUntil === null ? [] : ['…'])];
}

const berlin = { timeZone: 'Europe/Berlin' };

describe('the first conflict of an event', () => {
  test.each<[string, SeriesText, SeriesText, string[]]>([
    [
      'a Friday series from 2034 and an event of 2040',
      { start: '2034-01-06T09:00:00', rule: 'FREQ=WEEKLY' },
      { start: '2040-06-15T09:30:00' },
      ['2040-06-15T09:00:00Z'],
    ],
    [
      'Mondays from 2037 and leap days',
      { start: '2037-01-05T09:00:00', rule: 'FREQ=WEEKLY' },
      { start: '2028-02-29T09:30:00', rule: 'FREQ=YEARLY' },
      ['2044-02-29T09:00:00Z'],
    ],
    [
      'leap days and Mondays',
      { start: '2028-02-29T09:30:00', rule: 'FREQ=YEARLY' },
      { start: '2037-01-05T09:00:00', rule: 'FREQ=WEEKLY' },
      ['2044-02-29T09:30:00Z'],
    ],
    [
      'hours that touch each other',
      { start: '2026-01-01T09:00:00', rule: 'FREQ=DAILY', ...berlin },
      { start: '2026-01-01T10:00:00', rule: 'FREQ=DAILY', ...berlin },
      [],
    ],
    [
      'nights that touch each other until the clocks change',
      { start: '2026-01-01T23:00:00', rule: 'FREQ=DAILY', length: { seconds: 5 * 3_600 }, ...berlin },
      { start: '2026-01-02T04:00:00', rule: 'FREQ=DAILY', ...berlin },
      ['2026-03-28T22:00:00Z'],
    ],
    [
      'zones that change their clocks on different days',
      { start: '2026-01-01T15:00:00', rule: 'FREQ=DAILY', ...berlin },
      { start: '2026-01-01T10:00:00', rule: 'FREQ=DAILY', timeZone: 'America/New_York' },
      ['2026-03-08T14:00:00Z'],
    ],
  ])('%s', (_, event, other, expected) => {
    expect(starts(event, [other])).toEqual(expected);
  });
});
