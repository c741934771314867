import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { FlagField } from '../../http/fields/choice-field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { MAX_REMINDERS } from '../../users/model/reminder.js';
import { NewReminderDto, ReminderDto } from '../../users/rest/reminder.dto.js';

@DocumentedAs('NewEventReminders', 'The reminders of a user for an event, to set.')
export class SetEventRemindersDto {
  @FlagField({
    description:
      "Whether the default reminders apply to the event: those of the user's calendar that has the event, or else the user's.",
    example: false,
  })
  use_default!: boolean;

  @NestedListField(() => NewReminderDto, {
    description: 'The reminders that replace the defaults. Required if `use_default` is false; may be empty.',
    optional: true,
    max: MAX_REMINDERS,
  })
  overrides?: NewReminderDto[];
}

@DocumentedAs('EventReminders', 'The reminders of a user for an event.')
export class EventRemindersDto {
  @ApiProperty({
    description: 'Whether the default reminders of the calendar, or else of the user, apply to the event.',
    example: true,
  })
  use_default!: boolean;

  @ApiProperty({
    description: 'The reminders that replace the defaults; empty if `use_default` is true.',
    type: [ReminderDto],
  })
  overrides!: ReminderDto[];

  @ApiProperty({
    description: 'The reminders that apply: the overrides, or else the defaults.',
    type: [ReminderDto],
  })
  reminders!: ReminderDto[];
}
