import { describe, expect, test } from '@jest/globals';
import { durationValue, writtenDuration } from './duration-value.js';

describe('a DURATION', () => {
  test.each<[string, number, number]>([
    ['PT0S', 0, 0],
    ['PT1H30M', 0, 5_400],
    ['P1D', 1, 0],
    ['P2W', 14, 0],
    ['P15DT5H0M20S', 15, 18_020],
    ['-P0DT0H10M0S', 0, -600],
    ['-P1DT1S', -1, -1],
    ['+PT5M', 0, 300],
    ['pt5m', 0, 300],
    ['P1WT1H', 7, 3_600],
  ])('%s is %d days and %d seconds', (text, days, seconds) => {
    expect(writtenDuration(text)).toEqual({ days, seconds });
  });

  test.each(['', 'P', 'PT', '1H', 'P1H', 'PT1D', 'PT1.5H', 'P99999999D'])('"%s" is none', (text) => {
    expect(writtenDuration(text)).toBeNull();
  });

  test.each<[number, string]>([
    [0, 'PT0S'],
    [59, 'PT59S'],
    [5_400, 'PT1H30M'],
    [90_000, 'PT25H'],
  ])('of %d seconds is %s', (seconds, text) => {
    expect(durationValue(seconds)).toBe(text);
  });
});
