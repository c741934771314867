import type { Reminder } from '../model/reminder.js';
import type { ReminderDto } from './reminder.dto.js';

export function toReminderDto({ minutes_before, method, url }: Reminder): ReminderDto {
  return { minutes_before, method, ...(url !== undefined && { url }) };
}
