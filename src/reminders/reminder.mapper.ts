import type { EventRemindersDto } from './dto/event-reminders.dto.js';
import type { ReminderSettings } from './reminder-settings.repository.js';

export function toEventRemindersDto({ defaults, overrides }: ReminderSettings): EventRemindersDto {
  return {
    use_default: overrides === null,
    overrides: [...(overrides ?? [])],
    reminders: [...(overrides ?? defaults)],
  };
}
