import { describe, expect, test } from '@jest/globals';
import { parseCivilTime } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import { formatRecurrenceRule, parseRecurrenceRule } from './rule-text.js';
import { iCalendarUntil, untilInstant, withCivilUntil } from './until.js';

describe('untilInstant', () => {
  test.each([
    ['UNTIL=20221231', 'Europe/Moscow', false, '2022-12-31T20:59:59Z'],
    ['UNTIL=20221231', 'Europe/Moscow', true, '2022-12-31T20:59:59Z'],
    ['UNTIL=20221231T170000', 'Europe/Moscow', false, '2022-12-31T14:00:00Z'],
    ['UNTIL=20221231T170000', 'Europe/Moscow', true, '2022-12-31T20:59:59Z'],
    ['UNTIL=20221231T170000Z', 'Europe/Moscow', false, '2022-12-31T17:00:00Z'],
    ['UNTIL=20221231T170000Z', 'Europe/Moscow', true, '2022-12-31T20:59:59Z'],
  ])('of %s in %s (all-day: %s)', (end, zone, allDay, instant) => {
    const { until } = parseRecurrenceRule(`FREQ=DAILY;${end}`);
    expect(until && untilInstant(until, timeZone(zone), allDay)).toBe(Date.parse(instant));
  });
});

describe('UNTIL', () => {
  test.each([
    ['UNTIL=20221231', 'Europe/Moscow', false, 'UNTIL=20221231T205959Z'],
    ['UNTIL=20221231T170000', 'America/New_York', false, 'UNTIL=20221231T220000Z'],
    ['UNTIL=20221231T170000Z', 'America/New_York', false, 'UNTIL=20221231T170000Z'],
    ['UNTIL=20221231T170000Z', 'America/New_York', true, 'UNTIL=20221231'],
    ['UNTIL=20221231', 'America/New_York', true, 'UNTIL=20221231'],
    ['UNTIL=99991231T235959Z', 'America/New_York', false, 'UNTIL=29991231T235959Z'],
    ['COUNT=3', 'America/New_York', false, 'COUNT=3'],
  ])('%s in %s (all-day: %s) is %s', (end, zone, allDay, canonical) => {
    const rule = parseRecurrenceRule(`FREQ=DAILY;${end}`);
    const until = rule.until && iCalendarUntil(rule.until, timeZone(zone), allDay);
    expect(formatRecurrenceRule({ ...rule, until })).toBe(`FREQ=DAILY;${canonical}`);
  });

  test.each([
    ['UNTIL=20221231', 'Europe/Moscow', false, 'UNTIL=20221231'],
    ['UNTIL=20221231T205959Z', 'Europe/Moscow', false, 'UNTIL=20221231'],
    ['UNTIL=20221231T090000Z', 'Europe/Moscow', false, 'UNTIL=20221231'],
    ['UNTIL=20221231T055959Z', 'Europe/Moscow', false, 'UNTIL=20221230'],
    ['UNTIL=20221231T090000', 'Europe/Moscow', false, 'UNTIL=20221231'],
    ['BYHOUR=9,17;UNTIL=20221231T120000Z', 'Europe/Moscow', false, 'UNTIL=20221231T150000;BYHOUR=9,17'],
    [
      'BYHOUR=1,2;BYMINUTE=0,30;UNTIL=20221030T013000Z',
      'Europe/Berlin',
      false,
      'UNTIL=20221030;BYHOUR=1,2;BYMINUTE=0,30',
    ],
    ['BYHOUR=2,9;UNTIL=20221030T013000Z', 'Europe/Berlin', false, 'UNTIL=20221030T020000;BYHOUR=2,9'],
    ['BYDAY=MO;UNTIL=20221230T010000Z', 'Europe/Moscow', false, 'UNTIL=20221230;BYDAY=MO'],
    ['UNTIL=20221231T170000Z', 'America/New_York', true, 'UNTIL=20221231'],
    ['UNTIL=99991231T235959Z', 'America/New_York', false, 'UNTIL=29991231'],
    ['COUNT=3', 'America/New_York', false, 'COUNT=3'],
  ])('%s in %s (all-day: %s) is kept as %s', (end, zone, allDay, kept) => {
    const rule = parseRecurrenceRule(`FREQ=DAILY;${end}`);
    const start = parseCivilTime(allDay ? '2022-09-06' : '2022-09-06T09:00:00');
    const civil = withCivilUntil(rule, start, timeZone(zone), allDay);
    expect(formatRecurrenceRule(civil)).toBe(`FREQ=DAILY;${kept}`);
  });
});

/** Pacific/Apia has no 30 December 2011: its starts lie on the 31st, at the same instant as those of the 31st. */
describe('UNTIL on the day after a day that the zone skips', () => {
  test.each([
    ['UNTIL=20111230T180000Z', 'UNTIL=20111229'],
    ['UNTIL=20111230T190000Z', 'UNTIL=20111231'],
    ['INTERVAL=6;UNTIL=20111230T180000Z', 'INTERVAL=6;UNTIL=20111229'],
    ['BYHOUR=7,9;UNTIL=20111230T180000Z', 'UNTIL=20111231T070000;BYHOUR=7,9'],
  ])('%s is kept as %s', (end, kept) => {
    const rule = parseRecurrenceRule(`FREQ=DAILY;${end}`);
    const zone = timeZone('Pacific/Apia');
    const civil = withCivilUntil(rule, parseCivilTime('2011-12-25T09:00:00'), zone, false);
    expect(formatRecurrenceRule(civil)).toBe(`FREQ=DAILY;${kept}`);
  });
});
