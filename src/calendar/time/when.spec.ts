import { describe, expect, test } from '@jest/globals';
import { formatWhen, parseWhen, type When } from './when.js';

describe('a date, civil time or instant', () => {
  test.each([
    ['2022-09-06', 'date'],
    ['2024-02-29', 'date'],
    ['2022-09-06T14:16:47', 'civil'],
    ['2022-09-06T14:16:47.878', 'civil'],
    ['2022-09-06T14:16:47Z', 'instant'],
    ['2022-09-06T14:16:47.878+02:00', 'instant'],
    ['1900-01-01', 'date'],
    ['2999-12-31T23:59:59', 'civil'],
  ])('%s is of kind %s', (text, kind) => {
    expect(parseWhen(text)?.kind).toBe(kind);
  });

  test('with an offset is the instant in UTC', () => {
    expect(parseWhen('2022-09-06T14:16:47+02:00')).toEqual({
      kind: 'instant',
      instant: Date.UTC(2022, 8, 6, 12, 16, 47),
    });
  });

  test.each(['2022-09-06', '2022-09-06T00:00:00', '2022-09-06T14:16:47', '2022-09-06T14:16:47Z'])(
    '%s is the same after parsing and formatting',
    (text) => {
      expect(formatWhen(parseWhen(text) as When)).toBe(text);
    },
  );

  test.each([
    '',
    '2022-9-6',
    '2023-02-29',
    '2022-13-01',
    '2022-09-06.5',
    '2022-09-06T24:00:00',
    '2022-09-06T14:16',
    '2022-09-06 14:16:47',
    '2022-09-06T14:16:47+2:00',
    '1899-12-31',
    '3000-01-01',
  ])('is not %p', (text) => {
    expect(parseWhen(text)).toBeNull();
  });
});
