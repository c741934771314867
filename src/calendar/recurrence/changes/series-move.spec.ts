import { describe, expect, test } from '@jest/globals';
import { series as seriesInUtc } from '../../../../test/support/core/series.js';
import { formatCivilTime, HOUR, parseCivilTime } from '../../time/civil-time.js';
import type { SeriesDefinition } from '../series/event-series.js';
import { originalStartsIn } from './series-move.js';

const civil = parseCivilTime;

const series = (rule: string | null, differences: Partial<SeriesDefinition> = {}): SeriesDefinition =>
  seriesInUtc(rule, { timeZone: 'America/New_York', ...differences });

describe('original starts after a change of the whole series', () => {
  const weekly = series('FREQ=WEEKLY;BYDAY=TU,TH');
  const moves = (next: SeriesDefinition, current = weekly) => {
    const found = originalStartsIn(current, next)(civil('2022-09-13T09:00:00'));
    return found === null ? null : formatCivilTime(found);
  };

  test.each([
    ['a change of nothing', weekly, '2022-09-13T09:00:00'],
    ['a later time', { ...weekly, start: weekly.start + HOUR }, '2022-09-13T10:00:00'],
    ['another length', { ...weekly, length: { seconds: 7_200 } }, '2022-09-13T09:00:00'],
    [
      'a later end',
      series('FREQ=WEEKLY;BYDAY=TU,TH;COUNT=9', { start: weekly.start + HOUR }),
      '2022-09-13T10:00:00',
    ],
    ['an end before it', series('FREQ=WEEKLY;BYDAY=TU,TH;COUNT=2', { start: weekly.start + HOUR }), null],
    ['another rule that has it', series('FREQ=DAILY'), '2022-09-13T09:00:00'],
    ['another rule that has it not', series('FREQ=WEEKLY;BYDAY=MO'), null],
    ['another date', series('FREQ=WEEKLY;BYDAY=TU,TH', { start: civil('2022-09-15T09:00:00') }), null],
    [
      'both weekdays a day later',
      series('FREQ=WEEKLY;BYDAY=WE,FR', { start: civil('2022-09-07T09:00:00') }),
      '2022-09-14T09:00:00',
    ],
    ['the same rule in other words', series('FREQ=DAILY;BYDAY=TH,TU'), '2022-09-13T09:00:00'],
    ['another zone keeps the wall clock', { ...weekly, timeZone: 'Europe/Moscow' }, '2022-09-13T09:00:00'],
  ])('%s', (_case, next, expected) => {
    expect(moves(next)).toBe(expected);
  });

  test('a rule that names its times of day is not moved by the start', () => {
    const named = series('FREQ=DAILY;BYHOUR=9');
    expect(moves({ ...named, start: named.start - HOUR }, named)).toBe('2022-09-13T09:00:00');
  });
});
