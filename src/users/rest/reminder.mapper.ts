import type { NewReminder, Reminder } from '../model/reminder.js';
import type { NewReminderDto, ReminderDto } from './reminder.dto.js';

export function toNewReminder({ minutes_before, method, url }: NewReminderDto): NewReminder {
  return { minutesBefore: minutes_before, method, ...(url !== undefined && { url }) };
}

export function toReminderDto({ minutesBefore, method, url }: Reminder): ReminderDto {
  return { minutes_before: minutesBefore, method, ...(url !== undefined && { url }) };
}
