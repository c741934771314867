import { describe, expect, test } from '@jest/globals';
import { series as seriesInUtc } from '../../../../test/support/core/series.js';
import { formatCivilTime, HOUR, parseCivilTime } from '../../time/civil-time.js';
import { formatRecurrenceRule } from '../rule/rule-text.js';
import type { SeriesDefinition } from '../series/event-series.js';
import { seriesBefore, splitSeries } from './split-series.js';

const civil = parseCivilTime;

const series = (rule: string | null, differences: Partial<SeriesDefinition> = {}): SeriesDefinition =>
  seriesInUtc(rule, { timeZone: 'America/New_York', ...differences });

const ruleOf = (definition: SeriesDefinition | null) =>
  definition?.rule && formatRecurrenceRule(definition.rule);

describe('the part before a civil time', () => {
  test.each([
    ['an occurrence', 'FREQ=DAILY', '2022-09-09T09:00:00', 'FREQ=DAILY;UNTIL=20220908'],
    ['no occurrence', 'FREQ=DAILY', '2022-09-09T12:00:00', 'FREQ=DAILY;UNTIL=20220909'],
    ['a later occurrence than the last', 'FREQ=DAILY;COUNT=3', '2022-09-09T09:00:00', 'FREQ=DAILY;COUNT=3'],
    ['an earlier time than the first', 'FREQ=DAILY', '2022-09-05T09:00:00', undefined],
  ])('%s', (_, rule, target, expected) => {
    expect(ruleOf(seriesBefore(series(rule), civil(target))) ?? undefined).toBe(expected);
  });

  test('of a series that starts nothing there or later is the series itself', () => {
    const ended = series('FREQ=DAILY;UNTIL=20220908', { rdates: [civil('2022-09-08T12:00:00')] });
    expect(seriesBefore(ended, civil('2022-09-09T09:00:00'))).toBe(ended);
    const once = series(null);
    expect(seriesBefore(once, civil('2022-09-06T09:00:01'))).toBe(once);
    expect(seriesBefore(once, once.start)).toBeNull();
  });
});

describe('splitting', () => {
  test.each([
    ['FREQ=DAILY;COUNT=10', '2022-09-09T09:00:00', 'FREQ=DAILY;COUNT=3', 'FREQ=DAILY;COUNT=7'],
    ['FREQ=DAILY', '2022-09-09T09:00:00', 'FREQ=DAILY;UNTIL=20220908', 'FREQ=DAILY'],
    [
      'FREQ=DAILY;UNTIL=20221231',
      '2022-09-09T09:00:00',
      'FREQ=DAILY;UNTIL=20220908',
      'FREQ=DAILY;UNTIL=20221231',
    ],
    [
      'FREQ=DAILY;BYHOUR=9,17',
      '2022-09-09T17:00:00',
      'FREQ=DAILY;UNTIL=20220909T165959;BYHOUR=9,17',
      'FREQ=DAILY;BYHOUR=9,17',
    ],
    [
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
      '2022-09-22T09:00:00',
      'FREQ=WEEKLY;INTERVAL=2;UNTIL=20220921;BYDAY=TU,TH',
      'FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH',
    ],
  ])('%s at %s', (rule, target, earlier, later) => {
    const { before, after } = splitSeries(series(rule), civil(target));
    expect([ruleOf(before), ruleOf(after), formatCivilTime(after.start)]).toEqual([earlier, later, target]);
  });

  test('on a day that the zone skips, between two starts of that day', () => {
    const twiceOnFridays = series('FREQ=WEEKLY;BYDAY=FR;BYHOUR=22,23', {
      timeZone: 'Pacific/Apia',
      start: civil('2011-12-23T22:00:00'),
    });
    const { before, after } = splitSeries(twiceOnFridays, civil('2011-12-30T23:00:00'));
    expect(ruleOf(before)).toBe('FREQ=WEEKLY;UNTIL=20111230T220000;BYDAY=FR;BYHOUR=22,23');
    expect(formatCivilTime(after.start)).toBe('2011-12-30T23:00:00');
  });

  test('at the first occurrence leaves nothing before', () => {
    const daily = series('FREQ=DAILY;COUNT=10');
    expect(splitSeries(daily, daily.start)).toEqual({ before: null, after: daily });
  });

  test('an all-day series ends with the day before', () => {
    const daily = series('FREQ=DAILY', { allDay: true, start: civil('2022-09-06'), length: { days: 1 } });
    expect(ruleOf(splitSeries(daily, civil('2022-09-09')).before)).toBe('FREQ=DAILY;UNTIL=20220908');
  });

  test('RDATEs, EXDATEs and overrides go with their original start', () => {
    const [early, late] = [civil('2022-09-07T09:00:00'), civil('2022-09-10T09:00:00')];
    const overrides = [early, late].map((originalStart) => ({ originalStart, cancelled: true }));
    const daily = series('FREQ=DAILY', {
      rdates: [late + HOUR, early + HOUR],
      exdates: [early, late],
      overrides,
    });
    const { before, after } = splitSeries(daily, civil('2022-09-09T09:00:00'));
    expect(before).toMatchObject({ rdates: [early + HOUR], exdates: [early], overrides: [overrides[0]] });
    expect(after).toMatchObject({ rdates: [late + HOUR], exdates: [late], overrides: [overrides[1]] });
    expect(after.overrides[0]).toBe(overrides[1]);
  });

  test('dates without a rule', () => {
    const [first, second] = [civil('2022-09-10T09:00:00'), civil('2022-09-12T09:00:00')];
    const { before, after } = splitSeries(series(null, { rdates: [second, first] }), first);
    expect([before?.start, before?.rdates, after.start, after.rdates]).toEqual([
      series(null).start,
      [series(null).start],
      first,
      [second],
    ]);
  });

  test('after the end there is nothing to split off', () => {
    expect(() => splitSeries(series('FREQ=DAILY;COUNT=2'), civil('2022-10-01T09:00:00'))).toThrow(
      expect.objectContaining({ kind: 'not-found', code: 'occurrence_not_found' }),
    );
  });
});
