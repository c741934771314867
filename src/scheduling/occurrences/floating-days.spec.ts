import { describe, expect, test } from '@jest/globals';
import { eventRecord, toldInstant } from '../../../test/support/core/event-records.js';
import { WrittenRule } from '../../calendar/recurrence/written-rule.js';
import { inZoneOfReader, timesOfDays } from './floating-days.js';

const DAY = eventRecord({
  allDay: true,
  floating: true,
  start: '2031-09-09T00:00:00',
  length: { days: 1 },
});

describe('floating days', () => {
  test.each([
    ['America/New_York', '2031-09-09 04:00', '2031-09-10 04:00'],
    ['Etc/GMT+12', '2031-09-09 12:00', '2031-09-10 12:00'],
    ['Pacific/Kiritimati', '2031-09-08 10:00', '2031-09-09 10:00'],
  ])('in %s are from %s to %s', (zone, start, end) => {
    const { startAt, endAt, timeZone } = inZoneOfReader(DAY, zone);
    expect([startAt, endAt].map((date) => toldInstant(Number(date)))).toEqual([start, end]);
    expect(timeZone).toBe(zone);
  });

  test('of a series keep the ends of its span', () => {
    const series = { ...DAY, rule: new WrittenRule('FREQ=DAILY'), endAt: null };
    const moved = inZoneOfReader(series, 'Asia/Tokyo');
    expect(moved).toEqual({ ...series, timeZone: 'Asia/Tokyo' });
  });

  test.each([
    ['of the same zone', DAY, 'UTC'],
    ['that are pinned', { ...DAY, floating: false }, 'Asia/Tokyo'],
    ['of an event with times', eventRecord(), 'Asia/Tokyo'],
  ])('%s are the same event', (_, event, zone) => {
    expect(inZoneOfReader(event, zone)).toBe(event);
  });
});

test.each([
  ['2011-12-29T00:00:00', 1, '2011-12-29 10:00', '2011-12-30 10:00'],
  // Apia skipped 30 December, so that an event on it takes the day after.
  ['2011-12-30T00:00:00', 1, '2011-12-30 10:00', '2011-12-31 10:00'],
  ['2011-12-29T00:00:00', 3, '2011-12-29 10:00', '2011-12-31 10:00'],
])('a day of Apia from %s for %d days is from %s to %s', (start, days, from, to) => {
  const { startAt, endAt } = timesOfDays({ start, length: { days }, timeZone: 'Pacific/Apia' });
  expect([startAt, endAt].map((date) => toldInstant(date.getTime()))).toEqual([from, to]);
});
