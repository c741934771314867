import { describe, expect, test } from '@jest/globals';
import { durationText, parseDuration } from './duration.js';

describe('a duration', () => {
  test.each([
    ['0', 0],
    ['90', 90],
    ['1h', 3_600],
    ['90m', 5_400],
    ['1h30m', 5_400],
    ['1h0m5s', 3_605],
    ['45s', 45],
    ['P1D', 86_400],
    ['PT1H30M', 5_400],
    ['P1DT1S', 86_401],
    ['PT0S', 0],
    ['999999999999', 999_999_999_999],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each([
    '',
    ' 1h',
    '1h ',
    '30m1h',
    '1.5h',
    '-1',
    '01',
    '1d',
    '1H',
    'h',
    'P',
    'PT',
    'P1DT',
    'PT1D',
    'P1M',
    '1e3',
    '0x10',
  ])('%p is none', (text) => {
    expect(parseDuration(text)).toBeNull();
  });
});

describe('a duration in words', () => {
  test.each([
    [0, '0 seconds'],
    [1, '1 second'],
    [90, '90 seconds'],
    [60, '1 minute'],
    [5_400, '90 minutes'],
    [3_600, '1 hour'],
    [86_400, '1 day'],
    [31_622_400, '366 days'],
  ])('of %d seconds is %s', (duration, text) => {
    expect(durationText(duration)).toBe(text);
  });
});
