import { toReminderDto } from '../users/reminder.mapper.js';
import type { EventRemindersDto } from './dto/event-reminders.dto.js';
import type { ReminderSettings } from './reminder-settings.repository.js';

export function toEventRemindersDto({ defaults, overrides }: ReminderSettings): EventRemindersDto {
  return {
    use_default: overrides === null,
    overrides: (overrides ?? []).map(toReminderDto),
    reminders: (overrides ?? defaults).map(toReminderDto),
  };
}
