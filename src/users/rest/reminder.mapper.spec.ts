import { expect, test } from '@jest/globals';
import type { Reminder } from '../model/reminder.js';
import type { ReminderDto } from './reminder.dto.js';
import { toNewReminder, toReminderDto } from './reminder.mapper.js';

const MORNING: ReminderDto = { days_before: 0, at: '09:00', method: 'log' };

test.each<[ReminderDto, Reminder]>([
  [
    { minutes_before: 10, method: 'log' },
    { minutesBefore: 10, method: 'log' },
  ],
  [
    { minutes_before: 0, method: 'webhook', url: 'https://example.com' },
    { minutesBefore: 0, method: 'webhook', url: 'https://example.com' },
  ],
])('the reminder %p of a request or response is %p', (dto, reminder) => {
  expect(toNewReminder(dto)).toStrictEqual(reminder);
  expect(toReminderDto(reminder)).toStrictEqual(dto);
});

test('a reminder at a time of a day comes back as it was set', () => {
  expect(toNewReminder(MORNING)).toStrictEqual({ daysBefore: 0, at: '09:00', method: 'log' });
  expect(toReminderDto({ minutesBefore: -540, byDay: true, method: 'log' })).toStrictEqual(MORNING);
});
