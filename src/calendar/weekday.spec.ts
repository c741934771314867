import { describe, expect, test } from '@jest/globals';
import { isoWeekdays, isWeekday } from './weekday.js';

describe('a weekday', () => {
  test.each([
    [0, false],
    [1, true],
    [7, true],
    [8, false],
    [1.5, false],
    [Number.NaN, false],
    ['1', false],
    [null, false],
  ])('%p is one: %p', (day, is) => {
    expect(isWeekday(day)).toBe(is);
  });

  test.each([
    [[], []],
    [[0], [7]],
    [
      [7, 0, 3, 1, 3],
      [1, 3, 7],
    ],
  ])('%j are the ISO weekdays %j', (days, iso) => {
    expect(isoWeekdays(days)).toEqual(iso);
  });
});
