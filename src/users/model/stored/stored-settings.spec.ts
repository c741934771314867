import { describe, expect, test } from '@jest/globals';
import { jsonListColumn } from '../../../database/json-list-column.js';
import {
  fromStoredReminder,
  fromStoredWorkingHours,
  toStoredReminder,
  toStoredWorkingHours,
} from './stored-settings.js';

const REMINDERS = jsonListColumn(toStoredReminder, fromStoredReminder);
const WORKING_HOURS = jsonListColumn(toStoredWorkingHours, fromStoredWorkingHours);
const url = 'https://example.com/';

/** The stored names must not change: an instance of the previous version reads and writes the same rows. */
describe.each<[string, typeof REMINDERS, unknown, unknown]>([
  ['a reminder', REMINDERS, [{ minutesBefore: 5, method: 'log' }], [{ minutes_before: 5, method: 'log' }]],
  [
    'a webhook',
    REMINDERS,
    [{ minutesBefore: 0, method: 'webhook', url }],
    [{ minutes_before: 0, method: 'webhook', url }],
  ],
  [
    'a reminder at a time of a day',
    REMINDERS,
    [{ minutesBefore: -540, byDay: true, method: 'log' }],
    [{ minutes_before: -540, by_day: true, method: 'log' }],
  ],
  ['no reminders', REMINDERS, [], []],
  [
    'working hours',
    WORKING_HOURS,
    [{ daysOfWeek: [1, 5], from: '09:00', to: '18:00' }],
    [{ days_of_week: [1, 5], from: '09:00', to: '18:00' }],
  ],
  ['any time', WORKING_HOURS, null, null],
  ['a column that a change leaves out', WORKING_HOURS, undefined, undefined],
])('%s', (_, column, value, stored) => {
  test('is stored in the names of the database', () => {
    expect(column.to(value)).toEqual(stored);
  });

  test('is read in the names of the domain', () => {
    expect(column.from(stored)).toEqual(value);
  });
});
