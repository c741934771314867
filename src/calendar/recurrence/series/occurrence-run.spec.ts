import { describe, expect, test } from '@jest/globals';
import { type SeriesText, seriesOf } from '../../../../test/support/core/series.js';
import type { Instant } from '../../time/civil-time.js';
import { compileSeries, type EventSeries } from './event-series.js';
import { runOf, visitRuleRuns, yieldsStart } from './occurrence-run.js';

const DAILY: SeriesText = { start: '2022-09-06T09:00:00', rule: 'FREQ=DAILY;COUNT=600' };
const ALWAYS = { startsFrom: -Infinity, startsBefore: Infinity, endsAfter: -Infinity };

/** The starts and ends of a series. @param between is called in each run, before the run is read */
function timesOf(series: EventSeries, between = () => {}): [Instant, Instant][] {
  const times: [Instant, Instant][] = [];
  visitRuleRuns(series, ALWAYS, ({ from, to, starts, ends }) => {
    between();
    for (let index = from; index < to; index += 1) times.push([starts[index], ends[index]]);
  });
  return times;
}

describe('the runs of a rule', () => {
  test('have the ends of seconds', () => {
    const times = timesOf(compileSeries(seriesOf({ ...DAILY, length: { seconds: 90 } })));
    expect(times).toHaveLength(600);
    expect(times.every(([start, end]) => end === start + 90_000)).toBe(true);
  });

  test('have the ends of days, which differ if the clocks change', () => {
    const days = { ...DAILY, start: '2022-09-06', allDay: true, timeZone: 'America/New_York' };
    const times = timesOf(compileSeries(seriesOf(days)));
    expect(times).toHaveLength(600);
    expect(times.slice(1).every(([start], index) => start === times[index][1])).toBe(true);
    expect(new Set(times.map(([start, end]) => (end - start) / 3_600_000))).toEqual(new Set([23, 24, 25]));
  });

  test('are the same while a reader of them reads those of another series', () => {
    const series = compileSeries(seriesOf(DAILY));
    const weekly = compileSeries(seriesOf({ ...DAILY, rule: 'FREQ=WEEKLY;COUNT=99' }));
    const [alone, weeks] = [timesOf(series), timesOf(weekly)];
    let reads = 0;
    const together = timesOf(series, () => {
      reads += 1;
      expect(timesOf(weekly)).toEqual(weeks);
    });
    expect(together).toEqual(alone);
    expect(reads).toBeGreaterThan(1);
  });

  test('are none without a rule', () => {
    expect(timesOf(compileSeries(seriesOf({ start: DAILY.start })))).toEqual([]);
  });
});

test.each<[string, string, SeriesText, boolean]>([
  ['a start of the rule', '2022-09-07T09:00:00Z', DAILY, true],
  ['no start of the rule', '2022-09-07T09:00:01Z', DAILY, false],
  [
    'a start that EXDATE removes',
    '2022-09-07T09:00:00Z',
    { ...DAILY, exdates: ['2022-09-07T09:00:00'] },
    true,
  ],
  ['a start of an event without a rule', '2022-09-06T09:00:00Z', { start: DAILY.start }, false],
])('whether the rule yields it: %s', (_, start, text, expected) => {
  expect(yieldsStart(compileSeries(seriesOf(text)), Date.parse(start))).toBe(expected);
});

test('the run of one occurrence has its times and its override', () => {
  const override = { originalStart: 5, cancelled: false };
  const occurrence = { start: 1, end: 2, originalStart: 4, originalCivilStart: 5, override };
  expect(runOf(occurrence)).toEqual({
    from: 0,
    to: 1,
    starts: [1],
    ends: [2],
    originalCivilStarts: [5],
    override,
  });
});
