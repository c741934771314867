import { expect, test } from '@jest/globals';
import { minutesBeforeDay, reminderTimeOf } from './reminder-time.js';

test.each([
  [{ daysBefore: 0, at: '00:00' }, 0],
  [{ daysBefore: 0, at: '09:00' }, -540],
  [{ daysBefore: 0, at: '23:59' }, -1_439],
  [{ daysBefore: 1, at: '09:00' }, 900],
  [{ daysBefore: 1, at: '00:00' }, 1_440],
  [{ daysBefore: 28, at: '00:01' }, 40_319],
])('%j is %i minutes before the day, and back', (time, minutes) => {
  expect(minutesBeforeDay(time)).toBe(minutes);
  expect(reminderTimeOf(minutes)).toEqual(time);
});
