import { describe, expect, test } from '@jest/globals';
import { HOUR } from '../../calendar/time/civil-time.js';
import { canonicalTimeZone, validWorkingHours, workingHoursOf } from './user-time.js';

const shift = { daysOfWeek: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' };

test.each([
  ['Europe/Moscow', 'Europe/Moscow'],
  ['europe/moscow', 'Europe/Moscow'],
  ['UTC', 'UTC'],
])('the zone %s is stored as %s', (name, expected) => {
  expect(canonicalTimeZone(name)).toBe(expected);
});

describe('working hours', () => {
  test.each([
    ['none', null, null],
    ['an empty list, which means any time', [], null],
    ['one row', [shift], [shift]],
    [
      'a shift across midnight',
      [{ ...shift, from: '22:00', to: '06:00' }],
      [{ ...shift, from: '22:00', to: '06:00' }],
    ],
  ])('are stored: %s', (_, rows, expected) => {
    expect(validWorkingHours(rows)).toEqual(expected);
  });

  test('that end when they begin are refused at their field', () => {
    expect(() => validWorkingHours([{ ...shift, to: '09:00' }])).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        errors: [expect.objectContaining({ field: 'workingHours' })],
      }),
    );
  });

  test('are those of the core, in milliseconds after midnight', () => {
    expect(workingHoursOf({ workingHours: [shift] })).toEqual([
      { daysOfWeek: [1, 2, 3, 4, 5], from: 9 * HOUR, to: 18 * HOUR },
    ]);
    expect(workingHoursOf({ workingHours: null })).toBeNull();
  });
});
