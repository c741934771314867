import { describe, expect, test } from '@jest/globals';
import { series as seriesInUtc } from '../../../../test/support/core/series.js';
import { formatCivilTime, HOUR, parseCivilTime } from '../../time/civil-time.js';
import type { SeriesDefinition } from './event-series.js';
import { movedCut, originalStartsIn } from './series-move.js';

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

describe('the cut of a series after a change of the whole series', () => {
  const cut = (current: SeriesDefinition, next: SeriesDefinition, at = '2022-09-20T09:00:00') =>
    formatCivilTime(movedCut(current, next, civil(at)));
  const ended = series('FREQ=WEEKLY;UNTIL=20220919');
  const from = (start: string, rule = 'FREQ=WEEKLY') => series(rule, { start: civil(start) });

  test.each<[string, SeriesDefinition, string]>([
    ['nothing but the end', series('FREQ=WEEKLY'), '2022-09-20T09:00:00'],
    ['a later time', from('2022-09-06T10:00:00'), '2022-09-20T10:00:00'],
    ['across midnight', from('2022-09-05T23:30:00'), '2022-09-19T23:30:00'],
    ['the day after', from('2022-09-07T09:00:00'), '2022-09-21T09:00:00'],
    ['a week later', from('2022-09-13T09:00:00'), '2022-09-20T09:00:00'],
    [
      'an end before the cut',
      series('FREQ=WEEKLY;COUNT=1', { start: civil('2022-09-06T10:00:00') }),
      '2022-09-20T10:00:00',
    ],
    ['another rule', series('FREQ=DAILY;INTERVAL=3'), '2022-09-20T09:00:00'],
    [
      'another rule at another time',
      from('2022-09-06T08:00:00', 'FREQ=DAILY;INTERVAL=3'),
      '2022-09-20T08:00:00',
    ],
    [
      'another rule on another day',
      from('2022-09-08T08:00:00', 'FREQ=DAILY;INTERVAL=3'),
      '2022-09-20T08:00:00',
    ],
    ['no rule', series(null, { start: civil('2022-09-06T08:00:00') }), '2022-09-20T08:00:00'],
    [
      'whole days',
      { ...from('2022-09-06T00:00:00'), allDay: true, length: { days: 1 } },
      '2022-09-20T00:00:00',
    ],
    [
      'the same instants in another zone',
      { ...from('2022-09-06T16:00:00'), timeZone: 'Europe/Moscow' },
      '2022-09-20T16:00:00',
    ],
  ])('%s', (_, next, expected) => {
    expect(cut(ended, next)).toBe(expected);
  });

  test('of a rule with COUNT moves beyond COUNT', () => {
    const counted = series('FREQ=WEEKLY;COUNT=2');
    expect(cut(counted, from('2022-09-07T09:00:00', 'FREQ=WEEKLY;COUNT=9'))).toBe('2022-09-21T09:00:00');
  });

  test('at an RDATE moves as an RDATE', () => {
    const at = '2022-09-20T15:00:00';
    expect(cut(ended, from('2022-09-06T10:00:00'), at)).toBe('2022-09-20T16:00:00');
    expect(cut(ended, from('2022-09-08T10:00:00'), at)).toBe('2022-09-20T16:00:00');
  });

  test('at the last day of a month moves to the day that the rule moves to', () => {
    const monthly = series('FREQ=MONTHLY;BYMONTHDAY=31;UNTIL=20221230', {
      start: civil('2022-08-31T09:00:00'),
    });
    const next = series('FREQ=MONTHLY;BYMONTHDAY=30', { start: civil('2022-08-30T09:00:00') });
    expect(cut(monthly, next, '2022-12-31T09:00:00')).toBe('2022-12-30T09:00:00');
  });
});
