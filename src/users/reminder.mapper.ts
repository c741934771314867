import type { ReminderDto } from './dto/reminder.dto.js';
import type { Reminder } from './reminder.js';

export function toReminderDto({ minutes_before, method, url }: Reminder): ReminderDto {
  return { minutes_before, method, ...(url !== undefined && { url }) };
}
