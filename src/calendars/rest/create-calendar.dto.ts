import { PartialType } from '@nestjs/swagger';
import { ChangesBody } from '../../http/body/changes-body.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { FlagField } from '../../http/fields/choice-field.js';
import { ColorField } from '../../http/fields/color-field.js';
import { IntegerField } from '../../http/fields/integer-field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { ExternalIdField, MetadataField } from '../../http/fields/product/product-data-fields.js';
import { TextField } from '../../http/fields/text-field.js';
import { TimeZoneField } from '../../http/fields/time-zone-field.js';
import type { MetadataPatch } from '../../platform/values/metadata.js';
import { MAX_REMINDERS } from '../../users/model/reminder.js';
import { NewReminderDto } from '../../users/rest/reminder.dto.js';
import { MAX_CALENDAR_NAME_LENGTH, MAX_CALENDAR_POSITION } from '../model/calendar-limits.js';

@DocumentedAs('NewCalendar', 'A new calendar.')
export class CreateCalendarDto {
  @TextField({ description: 'The name of the calendar.', example: 'Work', max: MAX_CALENDAR_NAME_LENGTH })
  name!: string;

  @ColorField({
    description: 'The color of the calendar: `#` and six hexadecimal digits. Null: the client chooses one.',
    example: '#0b8043',
    optional: true,
    nullable: true,
  })
  color?: string | null;

  @TimeZoneField({
    description: 'The IANA time zone in which a client shows the calendar. Null: the zone of the user.',
    optional: true,
    nullable: true,
  })
  time_zone?: string | null;

  @FlagField({
    description:
      'Whether the events of the calendar take the time of its user, in free/busy, in the search for a free interval, in conflicts and with `double_booking`. The calendars of other attendees decide for them. The default for a new calendar is true.',
    example: true,
    optional: true,
  })
  counts_as_busy?: boolean;

  @NestedListField(() => NewReminderDto, {
    description:
      "The reminders of an event in this calendar for which the user has set none. An empty list: no reminders. Null: the user's `default_reminders`. The default for a new calendar is null.",
    optional: true,
    nullable: true,
    max: MAX_REMINDERS,
  })
  default_reminders?: NewReminderDto[] | null;

  @IntegerField({
    description:
      'The place of the calendar among those of its user. Lists are by `position`, and calendars with the same `position` are by `id`. A change of one position moves no other calendar. A new calendar without a position comes last.',
    example: 1,
    min: 0,
    max: MAX_CALENDAR_POSITION,
    optional: true,
  })
  position?: number;

  @ExternalIdField('calendar')
  external_id?: string | null;

  @MetadataField('calendar')
  metadata?: MetadataPatch;
}

@ChangesBody()
@DocumentedAs('CalendarPatch', 'The fields of a calendar to change. Absent fields keep their values.')
export class UpdateCalendarDto extends PartialType(CreateCalendarDto, { skipNullProperties: false }) {}
