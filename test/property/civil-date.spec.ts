import { expect, test } from '@jest/globals';
import { civilDateOf, DAY, epochDayOf } from '../../src/calendar/time/civil-time.js';

test('epoch days and dates are inverse over 1899 to 3000, and agree with the platform', () => {
  const first = epochDayOf(1899, 1, 1);
  const last = epochDayOf(3000, 12, 31);
  for (let day = first; day <= last; day += 1) {
    const { year, month, day: dayOfMonth } = civilDateOf(day);
    const platform = new Date(day * DAY);
    if (epochDayOf(year, month, dayOfMonth) !== day || platform.getUTCDate() !== dayOfMonth)
      throw new Error(`epoch day ${day}`);
    if (platform.getUTCMonth() + 1 !== month || platform.getUTCFullYear() !== year)
      throw new Error(`epoch day ${day}`);
  }
  expect(last - first + 1).toBe((Date.UTC(3001, 0, 1) - Date.UTC(1899, 0, 1)) / DAY);
});
