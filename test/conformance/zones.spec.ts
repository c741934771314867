import { describe, expect, test } from '@jest/globals';
import { DAY, HOUR, parseCivilTime } from '../../src/calendar/time/civil-time.js';
import { civilStartsOf, occurrences, type SeriesText, startsOf, windowOf } from '../support/core/series.js';

const NEW_YORK = 'America/New_York';

const STARTS: [string, SeriesText, string][] = [
  [
    'a gap starts an hour later on the clock, once',
    { start: '20260307T023000', timeZone: NEW_YORK, rule: 'FREQ=DAILY;COUNT=3' },
    '2026-03-07T07:30:00Z 2026-03-08T07:30:00Z 2026-03-09T06:30:00Z',
  ],
  [
    'an overlap starts at the first of the two',
    { start: '20261031T013000', timeZone: NEW_YORK, rule: 'FREQ=DAILY;COUNT=3' },
    '2026-10-31T05:30:00Z 2026-11-01T05:30:00Z 2026-11-02T06:30:00Z',
  ],
  [
    'times within a gap fall on those after it and count as one',
    { start: '20260308T011500', timeZone: NEW_YORK, rule: 'FREQ=DAILY;COUNT=6;BYHOUR=1,2,3;BYMINUTE=15,30' },
    '2026-03-08T06:15:00Z 2026-03-08T06:30:00Z 2026-03-08T07:15:00Z 2026-03-08T07:30:00Z',
  ],
  [
    'times within a gap are sorted among those after it',
    { start: '20260308T024500', timeZone: NEW_YORK, rule: 'FREQ=DAILY;COUNT=3;BYHOUR=2,3;BYMINUTE=15,45' },
    '2026-03-08T07:15:00Z 2026-03-08T07:45:00Z',
  ],
  [
    'the day that Apia skipped falls on the next, and both are one',
    { start: '20111228T090000', timeZone: 'Pacific/Apia', rule: 'FREQ=DAILY;COUNT=5' },
    '2011-12-28T19:00:00Z 2011-12-29T19:00:00Z 2011-12-30T19:00:00Z 2011-12-31T19:00:00Z',
  ],
  [
    'Lord Howe moves by half an hour: the gap',
    { start: '20261003T021500', timeZone: 'Australia/Lord_Howe', rule: 'FREQ=DAILY;COUNT=3' },
    '2026-10-02T15:45:00Z 2026-10-03T15:45:00Z 2026-10-04T15:15:00Z',
  ],
  [
    'Lord Howe moves by half an hour: the overlap',
    { start: '20260404T014500', timeZone: 'Australia/Lord_Howe', rule: 'FREQ=DAILY;COUNT=3' },
    '2026-04-03T14:45:00Z 2026-04-04T14:45:00Z 2026-04-05T15:15:00Z',
  ],
  [
    'a change of standard time keeps the wall clock',
    { start: '20141024T090000', timeZone: 'Europe/Moscow', rule: 'FREQ=DAILY;COUNT=4' },
    '2014-10-24T05:00:00Z 2014-10-25T05:00:00Z 2014-10-26T06:00:00Z 2014-10-27T06:00:00Z',
  ],
  [
    'one year in three offsets',
    { start: '20110301T120000', timeZone: 'Europe/Moscow', rule: 'FREQ=YEARLY;COUNT=5' },
    '2011-03-01T09:00:00Z 2012-03-01T08:00:00Z 2013-03-01T08:00:00Z 2014-03-01T08:00:00Z 2015-03-01T09:00:00Z',
  ],
  [
    'UNTIL in UTC is an instant: the last to start is the one before it',
    { start: '20261030T213000', timeZone: NEW_YORK, rule: 'FREQ=DAILY;UNTIL=20261101T013000Z' },
    '2026-10-31T01:30:00Z 2026-11-01T01:30:00Z',
  ],
  [
    'UNTIL as a date takes in that whole day of the zone',
    { start: '20261030T213000', timeZone: NEW_YORK, rule: 'FREQ=DAILY;UNTIL=20261101' },
    '2026-10-31T01:30:00Z 2026-11-01T01:30:00Z 2026-11-02T02:30:00Z',
  ],
  [
    'UNTIL as a local time is read in the zone',
    { start: '20261030T213000', timeZone: NEW_YORK, rule: 'FREQ=DAILY;UNTIL=20261031T213000' },
    '2026-10-31T01:30:00Z 2026-11-01T01:30:00Z',
  ],
  [
    'UNTIL with a time counts by its date for an all-day series',
    { start: '20260901', allDay: true, timeZone: NEW_YORK, rule: 'FREQ=DAILY;UNTIL=20260903T000000Z' },
    '2026-09-01T04:00:00Z 2026-09-02T04:00:00Z 2026-09-03T04:00:00Z',
  ],
  [
    'an EXDATE within a gap takes away what the gap moved',
    {
      start: '20260307T023000',
      timeZone: NEW_YORK,
      rule: 'FREQ=DAILY;COUNT=3',
      exdates: ['20260308T023000'],
    },
    '2026-03-07T07:30:00Z 2026-03-09T06:30:00Z',
  ],
  [
    'an EXDATE by the moved time takes away the same',
    {
      start: '20260307T023000',
      timeZone: NEW_YORK,
      rule: 'FREQ=DAILY;COUNT=3',
      exdates: ['20260308T033000'],
    },
    '2026-03-07T07:30:00Z 2026-03-09T06:30:00Z',
  ],
];

describe('starts', () => {
  test.each(STARTS)('%s', (_case, series, starts) => {
    expect(startsOf(occurrences(series))).toEqual(starts.split(' '));
  });
});

test('a skipped day and the next are one wherever the engine pauses, by the name that clocks showed', () => {
  const series = {
    timeZone: 'Pacific/Apia',
    start: '20111022T090000',
    rule: 'FREQ=WEEKLY;BYDAY=SA,SU,MO,TU,WE,TH,FR;WKST=SA;UNTIL=20120102',
  };
  const found = occurrences(series);
  expect(found).toHaveLength(new Set(startsOf(found)).size);
  expect(civilStartsOf(found).slice(68, 71)).toEqual([
    '2011-12-29T09:00:00',
    '2011-12-31T09:00:00',
    '2012-01-01T09:00:00',
  ]);
});

describe('ends', () => {
  test.each([
    ['an hour is exact across a gap', { start: '20260308T013000', timeZone: NEW_YORK }, HOUR],
    [
      'a day of a zone is 23 hours in spring',
      { start: '20260308', timeZone: NEW_YORK, allDay: true },
      23 * HOUR,
    ],
    [
      'a day of a zone is 25 hours in autumn',
      { start: '20261101', timeZone: NEW_YORK, allDay: true },
      25 * HOUR,
    ],
    [
      'a day without a midnight',
      { start: '20181104', timeZone: 'America/Sao_Paulo', allDay: true },
      23 * HOUR,
    ],
    [
      'the day before a skipped one',
      { start: '20111229', timeZone: 'Pacific/Apia', allDay: true },
      24 * HOUR,
    ],
    [
      'a skipped day fills the next',
      { start: '20111230', timeZone: 'Pacific/Apia', allDay: true },
      24 * HOUR,
    ],
    [
      'three days over a skipped one',
      { start: '20111229', timeZone: 'Pacific/Apia', allDay: true, length: { days: 3 } },
      2 * DAY,
    ],
  ])('%s', (_case, series: SeriesText, length) => {
    const [occurrence] = occurrences(series);
    expect(occurrence.end - occurrence.start).toBe(length);
  });
});

describe('windows', () => {
  const daily = { start: '20220906T090000', rule: 'FREQ=DAILY' };

  test.each([
    ['one that ends where the window starts is outside', '2022-09-07T10:00:00Z', '2022-09-08T09:00:00Z', []],
    ['one that starts where the window ends is outside', '2022-09-07T11:00:00Z', '2022-09-08T09:00:00Z', []],
    [
      'one that reaches into it by a second',
      '2022-09-07T09:59:59Z',
      '2022-09-07T12:00:00Z',
      ['2022-09-07T09:00:00Z'],
    ],
    ['one that lies about it', '2022-09-07T09:20:00Z', '2022-09-07T09:40:00Z', ['2022-09-07T09:00:00Z']],
    [
      'an empty window at the start',
      '2022-09-07T09:00:00Z',
      '2022-09-07T09:00:00Z',
      ['2022-09-07T09:00:00Z'],
    ],
    ['an empty window at the end', '2022-09-07T10:00:00Z', '2022-09-07T10:00:00Z', []],
    ['before the series', '2022-09-01T00:00:00Z', '2022-09-06T09:00:00Z', []],
    ['a window the wrong way round', '2022-09-08T00:00:00Z', '2022-09-07T00:00:00Z', []],
  ])('%s', (_case, start, end, starts) => {
    expect(startsOf(occurrences(daily, 10, windowOf(start, end)))).toEqual(starts);
  });

  test('an occurrence longer than its period overlaps those that follow', () => {
    const series = { ...daily, length: { seconds: 3 * 86_400 } };
    expect(
      startsOf(occurrences(series, 10, windowOf('2022-10-01T08:00:00Z', '2022-10-01T09:00:00Z'))),
    ).toEqual(['2022-09-28T09:00:00Z', '2022-09-29T09:00:00Z', '2022-09-30T09:00:00Z']);
  });

  test('an override counts where it was moved to', () => {
    const moved = {
      originalStart: parseCivilTime('20220907T090000'),
      cancelled: false,
      start: parseCivilTime('20220920T120000'),
    };
    const series = { ...daily, overrides: [moved] };
    expect(occurrences(series, 10, windowOf('2022-09-07T00:00:00Z', '2022-09-08T00:00:00Z'))).toEqual([]);
    const [before, found] = occurrences(series, 10, windowOf('2022-09-20T00:00:00Z', '2022-09-21T00:00:00Z'));
    expect(startsOf([before, found])).toEqual(['2022-09-20T09:00:00Z', '2022-09-20T12:00:00Z']);
    expect(found.override).toBe(moved);
    expect(startsOf([{ ...found, start: found.originalStart }])).toEqual(['2022-09-07T09:00:00Z']);
  });
});
