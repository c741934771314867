import { describe, expect, test } from '@jest/globals';
import { formatInstant, formatTimestamp, parseInstant } from './instant.js';

describe('an instant as it leaves', () => {
  test.each([
    '2022-09-06T14:16:47Z',
    '2022-09-06T23:59:59Z',
    '2022-09-07T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1900-01-01T00:00:00Z',
    '2999-12-31T23:59:59Z',
    '2024-02-29T12:00:00Z',
  ])('is %s as it came', (text) => {
    expect(formatInstant(parseInstant(text) as number)).toBe(text);
  });

  test.each([
    ['2022-09-06T14:16:47.878+00:00', '2022-09-06T14:16:47.878Z'],
    ['2022-09-06T14:16:47.8+00:00', '2022-09-06T14:16:47.800Z'],
    ['2022-09-06T14:16:47+00:00', '2022-09-06T14:16:47.000Z'],
    ['2022-09-06T17:16:47.878+03:00', '2022-09-06T14:16:47.878Z'],
  ])('that PostgreSQL wrote as %s is %s', (text, expected) => {
    expect(formatTimestamp(text)).toBe(expected);
  });
});
