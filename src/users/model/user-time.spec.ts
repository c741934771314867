import { describe, expect, test } from '@jest/globals';
import { ANY_TIME } from '../../calendar/availability/working-hours.js';
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
    expect(workingHoursOf({ workingHours: [shift], availabilityOverrides: [] })).toEqual([
      { daysOfWeek: [1, 2, 3, 4, 5], from: 9 * HOUR, to: 18 * HOUR },
    ]);
    expect(workingHoursOf({ workingHours: null, availabilityOverrides: [] })).toBeNull();
  });

  test('are any time beside the dates with other hours, for a user without weekly rows', () => {
    const date = { date: '1970-01-03', intervals: [{ from: '22:00', to: '06:00' }] };
    expect(workingHoursOf({ workingHours: null, availabilityOverrides: [date] })).toEqual([
      ...ANY_TIME,
      { date: 2, hours: [{ from: 22 * HOUR, to: 6 * HOUR }] },
    ]);
  });
});
