import { describe, expect, test } from '@jest/globals';
import { series as seriesInUtc } from '../../../../test/support/core/series.js';
import { formatCivilTime, parseCivilTime } from '../../time/civil-time.js';
import type { SeriesDefinition } from '../series/event-series.js';
import { movedCut } from './moved-cut.js';

const civil = parseCivilTime;

const series = (rule: string | null, differences: Partial<SeriesDefinition> = {}): SeriesDefinition =>
  seriesInUtc(rule, { timeZone: 'America/New_York', ...differences });

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

  test('stays if a list of dates becomes a rule', () => {
    const dates = series(null, { rdates: [civil('2022-09-07T12:00:00')] });
    expect(cut(dates, from('2022-09-08T10:00:00'))).toBe('2022-09-20T09:00:00');
  });

  test.each([
    ['2022-09-06T10:00:00', '2022-09-20T10:00:00'],
    ['2022-09-03T10:00:00', '2022-09-20T10:00:00'],
  ])('of a list of dates moves with the first one to %s', (first, expected) => {
    const dates = series(null, { rdates: [civil('2022-09-07T12:00:00')] });
    const next = series(null, { start: civil('2022-09-08T12:00:00'), rdates: [civil(first)] });
    expect(cut(dates, next)).toBe(expected);
  });
});
