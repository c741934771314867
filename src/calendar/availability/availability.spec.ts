import { beforeEach, describe, expect, test } from '@jest/globals';
import { set } from '../../../test/support/core/interval-set.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { DAY, HOUR } from '../time/civil-time.js';
import { timeZone } from '../time/time-zone.js';
import { Availability, type NextAllowedStart } from './availability.js';
import type { Person } from './free-interval-query.js';
import { ANY_TIME, type WorkingHours } from './working-hours.js';

const UTC = timeZone('UTC');
const anywhere: NextAllowedStart = (instant) => instant;

/** One person, with busy time and windows in whole units. */
function availability({
  bufferBefore = 0,
  bufferAfter = 0,
  duration = 2,
  startAt = anywhere,
  workingHours = null as WorkingHours | null,
  away = [] as IntervalSet,
  hiddenCalendars = undefined as Person['hiddenCalendars'],
}) {
  const person = { id: 1, workingHours, timeZone: UTC, away, optional: false, hiddenCalendars };
  return new Availability(person, { bufferBefore, bufferAfter, duration }, startAt);
}

describe('available time', () => {
  test.each<[string, { bufferBefore?: number; bufferAfter?: number }, string, string]>([
    ['nothing is busy', {}, '', '0-10'],
    ['all is busy', {}, '0-10', ''],
    ['busy in the middle', {}, '3-5', '0-3 5-10'],
    ['busy beyond both ends', {}, '-2-1 9-12', '1-9'],
    ['busy twice, out of order and nested', {}, '6-8 2-4 6-7', '0-2 4-6 8-10'],
    ['a buffer before keeps time free after', { bufferBefore: 1 }, '3-5', '0-3 6-10'],
    ['a buffer after keeps time free before', { bufferAfter: 1 }, '3-5', '0-2 5-10'],
    ['a buffer reaches in from outside', { bufferBefore: 3 }, '-4--1', '2-10'],
  ])('%s', (_, buffers, busy, expected) => {
    const one = availability(buffers);
    const intervals = [...busy.matchAll(/(-?\d+)-(-?\d+)/g)].map(([, start, end]) => ({
      start: Number(start),
      end: Number(end),
    }));
    one.extend({ start: 0, end: 10 }, intervals);
    expect(one.available).toEqual(set(expected));
  });

  test('joins what goes on over the border of two windows', () => {
    const one = availability({});
    one.extend({ start: 0, end: 10 }, set('2-4'));
    one.extend({ start: 10, end: 20 }, set('12-20'));
    expect(one.available).toEqual(set('0-2 4-12'));
  });

  test('joins no free days over a day away, also from window to window', () => {
    const one = availability({ workingHours: ANY_TIME, away: [{ start: DAY, end: 2 * DAY }] });
    for (const day of [0, 1, 2]) one.extend({ start: day * DAY, end: (day + 1) * DAY }, []);
    expect(one.available).toEqual([
      { start: 0, end: DAY },
      { start: 2 * DAY, end: 3 * DAY },
    ]);
  });

  test('joins no free days over a date without hours', () => {
    const one = availability({ workingHours: [...ANY_TIME, { date: 1, hours: [] }] });
    one.extend({ start: 0, end: 3 * DAY }, []);
    expect(one.available).toEqual([
      { start: 0, end: DAY },
      { start: 2 * DAY, end: 3 * DAY },
    ]);
  });

  test('is working time, if there is any', () => {
    const workingHours = [{ daysOfWeek: [4], from: 9 * HOUR, to: 18 * HOUR }];
    const one = availability({ workingHours });
    one.extend({ start: 0, end: DAY }, [{ start: 12 * HOUR, end: 13 * HOUR }]);
    expect(one.available).toEqual([
      { start: 9 * HOUR, end: 12 * HOUR },
      { start: 13 * HOUR, end: 18 * HOUR },
    ]);
  });
});

describe('a person with free time 0-3 and 5-10', () => {
  let one: Availability;
  beforeEach(() => {
    one = availability({});
    one.extend({ start: 0, end: 10 }, set('3-5'));
  });

  test.each([
    [0, 3, true],
    [5, 10, true],
    [6, 7, true],
    [2, 4, false],
    [2, 6, false],
    [3, 5, false],
    [9, 11, false],
  ])('is free from %d to %d: %s', (start, end, expected) => {
    expect(one.isFree({ start, end })).toBe(expected);
  });

  test.each([
    [0, 3],
    [2, 3],
    [3, 3],
    [4, 4],
    [5, 10],
    [9, 10],
    [10, 10],
  ])('is free at %d until %d', (instant, until) => {
    expect(one.freeUntil(instant)).toBe(until);
  });
});

describe('the first start', () => {
  test.each<[string, number, NextAllowedStart, string, number | null]>([
    ['is the first instant that is free for so long', 2, anywhere, '0-4 5-6', 6],
    ['is none if no free time is so long', 11, anywhere, '', null],
    ['may fill all free time', 10, anywhere, '', 0],
    ['keeps to the grid', 2, (instant) => Math.ceil(instant / 4) * 4, '0-1', 4],
    ['is none if the grid leaves too little', 4, (instant) => Math.ceil(instant / 4) * 4, '0-5', null],
  ])('%s', (_, duration, startAt, busy, expected) => {
    const one = availability({ duration, startAt });
    one.extend({ start: 0, end: 10 }, set(busy));
    expect(one.firstStart()).toBe(expected);
  });

  test('stays known once its time is forgotten', () => {
    const one = availability({});
    one.extend({ start: 0, end: 10 }, set('3-5'));
    one.forgetUntil(2);
    expect(one.available).toEqual(set('0-3 5-10'));
    one.forgetUntil(3);
    expect(one.available).toEqual(set('5-10'));
    expect(one.firstStart()).toBe(0);
    one.forgetUntil(10);
    expect(one.available).toEqual([]);
    expect(one.firstStart()).toBe(0);
  });
});

describe('the rules that block before an instant', () => {
  const workingHours = [{ daysOfWeek: [4], from: 9 * HOUR, to: 18 * HOUR }];

  test.each<[number, string[]]>([
    [8, []],
    [9, ['outside_working_hours']],
    [10, ['outside_working_hours']],
    [11, ['busy', 'outside_working_hours']],
    [12, ['busy', 'buffer', 'outside_working_hours']],
  ])('%d:00: %j', (hour, rules) => {
    const one = availability({ workingHours, bufferBefore: HOUR });
    one.extend({ start: 8 * HOUR, end: 18 * HOUR }, [{ start: 10 * HOUR, end: 11 * HOUR }]);
    expect(one.rulesBlockingBefore(hour * HOUR).map(({ rule }) => rule)).toEqual(rules);
  });

  test('are those of a date on it, and for the shift that it replaces', () => {
    // Friday is without hours, so its night shift is, too.
    const hours = [
      { daysOfWeek: [4, 5], from: 22 * HOUR, to: 6 * HOUR },
      { date: 1, hours: [] },
    ];
    const rules = (from: number, to: number) => {
      const one = availability({ workingHours: hours });
      one.extend({ start: from * HOUR, end: to * HOUR }, []);
      return one.rulesBlockingBefore(Infinity).map(({ rule }) => rule);
    };
    // Thursday afternoon, the night to Friday, Friday, and the morning of Saturday.
    expect(rules(12, 22)).toEqual(['outside_working_hours']);
    expect(rules(22, 30)).toEqual([]);
    expect(rules(30, 48)).toEqual(['date_override']);
    expect(rules(48, 54)).toEqual(['date_override']);
    expect(rules(54, 60)).toEqual(['outside_working_hours']);
  });

  test('are away beside busy, and a buffer about both', () => {
    const one = availability({ bufferBefore: 1, away: set('4-6') });
    one.extend({ start: 0, end: 10 }, set('3-5'));
    expect(one.available).toEqual(set('0-3 7-10'));
    const rules = [
      { rule: 'busy', until: 5 },
      { rule: 'away', until: 6 },
      { rule: 'buffer', until: 7 },
    ];
    expect([4, 5, 7].map((instant) => one.rulesBlockingBefore(instant))).toEqual([
      rules.slice(0, 1),
      rules.slice(0, 2),
      rules,
    ]);
  });

  test('include those of earlier windows', () => {
    const one = availability({});
    one.extend({ start: 0, end: 10 }, set('3-5'));
    one.extend({ start: 10, end: 20 }, set('12-14'));
    expect(one.rulesBlockingBefore(4)).toEqual([{ rule: 'busy', until: 5 }]);
  });

  test.each<[string, string[], number, boolean]>([
    ['ends within its window', ['3-5', '10-12'], 5, false],
    ['ends with its window', ['3-10', '12-14'], 10, false],
    ['continues in the next window', ['3-10', '10-12'], 12, false],
    ['may continue after the last window', ['3-10', '10-20'], 20, true],
    ['starts in the last window', ['', '15-20'], 20, true],
  ])('stop at the end of the first interval, which %s', (_, busy, until, mayBlockLonger) => {
    const one = availability({});
    for (const [index, text] of busy.entries())
      one.extend({ start: index * 10, end: index * 10 + 10 }, set(text));
    expect(one.rulesBlockingBefore(20)).toEqual([{ rule: 'busy', until }]);
    expect(one.mayBlockLonger(20)).toBe(mayBlockLonger);
  });

  test('are one rule without an end if all calendars are hidden', () => {
    const one = availability({ hiddenCalendars: 'all', workingHours });
    one.extend({ start: 0, end: 10 }, set('3-5'), set('6-7'));
    expect(one.rulesBlockingBefore(4)).toEqual([{ rule: 'calendar_not_shared', until: Infinity }]);
    expect([one.available, one.mayBlockLonger(4)]).toEqual([[], false]);
  });
});

describe('held time', () => {
  test.each<[string, string, string, string, readonly string[]]>([
    ['blocks as busy time does', '', '3-5', '0-2 6-10', ['hold', 'buffer']],
    ['and busy time beside it block as one', '3-4', '4-5', '0-2 6-10', ['busy', 'hold', 'buffer']],
    ['and busy time at once are two rules', '3-5', '3-5', '0-2 6-10', ['busy', 'hold', 'buffer']],
    ['within busy time is a rule of its own', '2-6', '3-4', '0-1 7-10', ['busy', 'hold', 'buffer']],
    ['over all of the window leaves no buffer', '', '0-10', '', ['hold']],
    ['outside of the window is no rule, but its buffer is', '', '10-11', '0-9', ['buffer']],
    ['far away blocks nothing', '', '12-13', '0-10', []],
  ])('%s', (_, busy, held, expected, rules) => {
    const one = availability({ bufferBefore: 1, bufferAfter: 1 });
    one.extend({ start: 0, end: 10 }, set(busy), [], set(held));
    expect(one.available).toEqual(set(expected));
    expect(one.rulesBlockingBefore(10).map(({ rule }) => rule)).toEqual(rules);
  });

  test('that is hidden as well is of the rule that the reader sees', () => {
    const one = availability({});
    one.extend({ start: 0, end: 10 }, [], set('3-5 6-7'), set('3-5'));
    expect(one.available).toEqual(set('0-3 5-6 7-10'));
    expect(one.rulesBlockingBefore(6)).toEqual([{ rule: 'hold', until: 5 }]);
    expect(one.rulesBlockingBefore(7)).toEqual([
      { rule: 'hold', until: 5 },
      { rule: 'calendar_not_shared', until: 7 },
    ]);
  });
});
