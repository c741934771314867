import { invalidInput } from '../../errors/domain-error.js';
import type { NewReminder } from '../../users/model/reminder.js';
import { toNewReminder, toReminderDto } from '../../users/rest/reminder.mapper.js';
import type { ReminderSettings } from '../model/reminder-settings.js';
import type { EventRemindersDto, SetEventRemindersDto } from './event-reminders.dto.js';

/**
 * The reminders that a request sets for an event; null: the defaults of the user.
 * @throws {DomainError} invalid, naming `overrides`
 */
export function newEventReminders({
  use_default: useDefault,
  overrides,
}: SetEventRemindersDto): NewReminder[] | null {
  if (useDefault && overrides !== undefined && overrides.length > 0)
    throw invalidInput({ field: 'overrides', message: 'do not go with use_default true' });
  if (useDefault) return null;
  if (overrides === undefined)
    throw invalidInput({ field: 'overrides', message: 'is required when use_default is false' });
  return overrides.map(toNewReminder);
}

export function toEventRemindersDto({ defaults, overrides }: ReminderSettings): EventRemindersDto {
  return {
    use_default: overrides === null,
    overrides: (overrides ?? []).map(toReminderDto),
    reminders: (overrides ?? defaults).map(toReminderDto),
  };
}
