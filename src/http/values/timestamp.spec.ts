import { describe, expect, test } from '@jest/globals';
import { formatTimestamp } from './timestamp.js';

describe('a timestamp', () => {
  test.each([
    ['2022-09-06T14:16:47.878+00:00', '2022-09-06T14:16:47.878Z'],
    ['2022-09-06T14:16:47.8+00:00', '2022-09-06T14:16:47.800Z'],
    ['2022-09-06T14:16:47+00:00', '2022-09-06T14:16:47.000Z'],
    ['2022-09-06T17:16:47.878+03:00', '2022-09-06T14:16:47.878Z'],
  ])('that PostgreSQL wrote as %s is %s', (text, expected) => {
    expect(formatTimestamp(text)).toBe(expected);
  });
});
