import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ApiExternalId, ApiMetadata } from '../../http/document/product-data.js';
import type { Metadata } from '../../platform/values/metadata.js';
import { ReminderDto } from '../../users/rest/reminder.dto.js';
import { CALENDAR_ROLES, type CalendarRole } from '../model/grants/calendar-role.js';

@DocumentedAs('Calendar', 'A calendar of a user.')
export class CalendarDto {
  @ApiProperty({ description: 'The id of the calendar.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The user to whom the calendar belongs.', type: 'integer', example: 1 })
  user_id!: number;

  @ApiProperty({
    description: 'The name of the calendar; null: the role of the caller is `free_busy_reader`.',
    type: 'string',
    nullable: true,
    example: 'Work',
  })
  name!: string | null;

  @ApiProperty({
    description: 'The color of the calendar, `#rrggbb` in lower case; null: the client chooses one.',
    type: 'string',
    nullable: true,
    example: '#0b8043',
  })
  color!: string | null;

  @ApiProperty({
    description: 'The IANA time zone in which a client shows the calendar; null: the zone of the user.',
    type: 'string',
    nullable: true,
    example: null,
  })
  time_zone!: string | null;

  @ApiProperty({
    description: 'Whether the events of the calendar take the time of its user.',
    example: true,
  })
  counts_as_busy!: boolean;

  @ApiProperty({
    description:
      "The reminders of an event in this calendar for which the user has set none; null: the user's `default_reminders`. Absent unless the caller is the user or an API key.",
    type: [ReminderDto],
    nullable: true,
    required: false,
    example: null,
  })
  default_reminders?: ReminderDto[] | null;

  @ApiProperty({
    description:
      'Whether this is the primary calendar of the user, which has the events that no one puts into another calendar.',
    example: false,
  })
  primary!: boolean;

  @ApiProperty({
    description:
      'Whether this is the calendar of a subscription: its events are those of a calendar elsewhere, and no request changes them (403 `read_only_calendar`).',
    example: false,
  })
  read_only!: boolean;

  @ApiProperty({
    description: 'The place of the calendar among those of its user, ascending.',
    type: 'integer',
    example: 1,
  })
  position!: number;

  @ApiProperty({
    description:
      'What the caller may do with the calendar: see the times of its events (`free_busy_reader`), see its events (`reader`), write them (`writer`), or also change the calendar and its grants (`owner`). The user of the calendar and API keys are owners.',
    enum: CALENDAR_ROLES.filter((role) => role !== 'none'),
    example: 'owner',
  })
  role!: CalendarRole;

  @ApiExternalId('calendar', 'the user or an API key')
  external_id?: string | null;

  @ApiMetadata('calendar', 'the user or an API key')
  metadata?: Metadata;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change.',
    format: 'date-time',
    example: '2022-09-06T14:16:47.878Z',
  })
  updated_at!: string;
}
