import { describe, expect, test } from '@jest/globals';
import { series as definedSeries } from '../../../../test/support/core/series.js';
import { DAY, HOUR, parseCivilTime } from '../../time/civil-time.js';
import { compileSeries, type Override, type SeriesDefinition } from './event-series.js';
import { overlapsDeeperAt, overlapsDeeperThan } from './overlap-depth.js';

function series(rule: string | null, milliseconds: number, differences: Partial<SeriesDefinition> = {}) {
  const length = { seconds: milliseconds / 1_000 };
  return compileSeries(definedSeries(rule, { timeZone: 'Europe/Berlin', length, ...differences }));
}

const days = (count: number, hour = '12:00:00') =>
  Array.from({ length: count }, (_, day) =>
    parseCivilTime(`2022-10-${String(day + 1).padStart(2, '0')}T${hour}`),
  );
const HOURLY = `FREQ=DAILY;BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join()}`;

/** The longest length, in milliseconds, with which at most ten occurrences are in progress at a time. */
const LONGEST: [string, string, number][] = [
  ['daily', 'FREQ=DAILY', 10 * DAY],
  ['every second day', 'FREQ=DAILY;INTERVAL=2', 20 * DAY],
  ['hourly', HOURLY, 10 * HOUR],
  ['hourly on Tuesdays', `${HOURLY};BYDAY=TU`, 10 * HOUR],
  ['twice a day', 'FREQ=DAILY;BYHOUR=9,17', 5 * DAY],
  ['on two days a week', 'FREQ=WEEKLY;BYDAY=TU,WE', 35 * DAY],
  ['on weekdays', 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR', 14 * DAY],
  ['weekly', 'FREQ=WEEKLY', 70 * DAY],
  // 6 September to 6 July is 303 days in years without a leap day: no ten months are shorter.
  ['monthly', 'FREQ=MONTHLY', 303 * DAY],
  ['on three days a year', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=1,2,3', 366 * DAY],
  ['ended by COUNT', 'FREQ=DAILY;COUNT=10', 366 * DAY],
  ['ended by UNTIL', 'FREQ=DAILY;UNTIL=20220915', 366 * DAY],
];

describe('a rule', () => {
  test.each(LONGEST)('%s is ten deep at most', (_, rule, longest) => {
    expect(overlapsDeeperThan(series(rule, longest), 10)).toBe(false);
  });

  test.each([
    ...LONGEST.filter(([, , longest]) => longest < 366 * DAY),
    ['that COUNT ends one later', 'FREQ=DAILY;COUNT=11', 10 * DAY],
    ['that UNTIL ends a day later', 'FREQ=DAILY;UNTIL=20220916', 10 * DAY],
  ] as [string, string, number][])('%s is deeper if it lasts a second longer', (_, rule, longest) => {
    expect(overlapsDeeperThan(series(rule, longest + 1_000), 10)).toBe(true);
  });

  test('counts no EXDATE and no cancelled occurrence', () => {
    const eleven = 'FREQ=DAILY;COUNT=11';
    const exdates = [parseCivilTime('2022-09-10T09:00:00')];
    const overrides = [{ originalStart: exdates[0], cancelled: true }];
    expect(overlapsDeeperThan(series(eleven, 30 * DAY), 10)).toBe(true);
    expect(overlapsDeeperThan(series(eleven, 30 * DAY, { exdates }), 10)).toBe(false);
    expect(overlapsDeeperThan(series(eleven, 30 * DAY, { overrides }), 10)).toBe(false);
  });
});

function moved(to: string, milliseconds: number): Override {
  const originalStart = parseCivilTime('2023-09-06T09:00:00');
  return {
    originalStart,
    cancelled: false,
    start: parseCivilTime(to),
    length: { seconds: milliseconds / 1_000 },
  };
}

describe('dates apart', () => {
  test.each([
    [9, false],
    [10, true],
  ])('%d RDATEs beside the start', (count, deeper) => {
    expect(overlapsDeeperThan(series(null, 40 * DAY, { rdates: days(count) }), 10)).toBe(deeper);
  });

  test.each([
    [4, false],
    [5, true],
  ])('%d RDATEs beside a rule that is six deep', (count, deeper) => {
    const rdates = days(count).map((date) => date + 20 * 366 * DAY);
    expect(overlapsDeeperThan(series('FREQ=DAILY', 6 * DAY, { rdates }), 10)).toBe(deeper);
  });

  test('an occurrence moved onto ten others is too much, one moved onto nine is not', () => {
    const rule = 'FREQ=DAILY;COUNT=800';
    const crowded = [moved('2022-12-01T09:00:00', HOUR), moved('2022-12-01T08:00:00', HOUR)];
    for (const [override, deeper] of [[crowded[0], true] as const, [crowded[1], false] as const]) {
      const changed = series(rule, 10 * DAY - 2 * HOUR, { overrides: [override] });
      expect(overlapsDeeperThan(changed, 10)).toBe(deeper);
      expect(overlapsDeeperAt(changed, override.originalStart, 10)).toBe(deeper);
      expect(overlapsDeeperAt(changed, parseCivilTime('2022-12-02T09:00:00'), 10)).toBe(false);
    }
  });
});
