import { toReminderDto } from '../../users/rest/reminder.mapper.js';
import type { ReminderSettings } from '../store/reminder-settings.repository.js';
import type { EventRemindersDto } from './event-reminders.dto.js';

export function toEventRemindersDto({ defaults, overrides }: ReminderSettings): EventRemindersDto {
  return {
    use_default: overrides === null,
    overrides: (overrides ?? []).map(toReminderDto),
    reminders: (overrides ?? defaults).map(toReminderDto),
  };
}
