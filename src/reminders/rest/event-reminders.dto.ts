import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { FlagField } from '../../http/fields/choice-field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { MAX_REMINDERS } from '../../users/model/reminder.js';
import { NewReminderDto, ReminderDto } from '../../users/rest/reminder.dto.js';

/** What shall remind a user of an event. */
@DocumentedAs('NewEventReminders', 'What shall remind a user of an event.')
export class SetEventRemindersDto {
  @FlagField({ description: "Whether the user's defaults hold for the event.", example: false })
  use_default!: boolean;

  @NestedListField(() => NewReminderDto, {
    description: 'What holds instead of the defaults; must be given without them, and may be empty.',
    optional: true,
    max: MAX_REMINDERS,
  })
  overrides?: NewReminderDto[];
}

/** What reminds a user of an event. */
@DocumentedAs('EventReminders', 'What reminds a user of an event.')
export class EventRemindersDto {
  @ApiProperty({ description: "Whether the user's defaults hold for the event.", example: true })
  use_default!: boolean;

  @ApiProperty({ description: 'What holds instead of the defaults; empty with them.', type: [ReminderDto] })
  overrides!: ReminderDto[];

  @ApiProperty({ description: 'What holds: the overrides, or the defaults.', type: [ReminderDto] })
  reminders!: ReminderDto[];
}
