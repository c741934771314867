import { describe, expect, test } from '@jest/globals';
import { formatInstant, parseInstant } from './instant.js';

describe('the text of an instant', () => {
  test.each([
    '2022-09-06T14:16:47Z',
    '2022-09-06T23:59:59Z',
    '2022-09-07T00:00:00Z',
    '1969-12-31T23:59:59Z',
    '1900-01-01T00:00:00Z',
    '2999-12-31T23:59:59Z',
    '2024-02-29T12:00:00Z',
  ])('%s is the same after parsing and formatting', (text) => {
    expect(formatInstant(parseInstant(text) as number)).toBe(text);
  });
});
