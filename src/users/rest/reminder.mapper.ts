import type { NewReminder, Reminder } from '../model/reminder.js';
import { reminderTimeOf } from '../model/reminders/reminder-time.js';
import type { NewReminderDto, ReminderDto } from './reminder.dto.js';

export function toNewReminder({ minutes_before, days_before, at, method, url }: NewReminderDto): NewReminder {
  return {
    ...(minutes_before !== undefined && { minutesBefore: minutes_before }),
    ...(days_before !== undefined && { daysBefore: days_before }),
    ...(at !== undefined && { at }),
    method,
    ...(url !== undefined && { url }),
  };
}

export function toReminderDto({ minutesBefore, byDay, method, url }: Reminder): ReminderDto {
  return { ...timeOf(minutesBefore, byDay), method, ...(url !== undefined && { url }) };
}

function timeOf(
  minutesBefore: number,
  byDay?: true,
): Pick<ReminderDto, 'minutes_before' | 'days_before' | 'at'> {
  if (!byDay) return { minutes_before: minutesBefore };
  const { daysBefore, at } = reminderTimeOf(minutesBefore);
  return { days_before: daysBefore, at };
}
