import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ApiExternalId, ApiMetadata } from '../../../http/document/product-data.js';
import type { Metadata } from '../../../platform/values/metadata.js';
import {
  EVENT_STATUSES,
  type EventStatus,
  SHOW_AS,
  type ShowAs,
  VISIBILITIES,
  type Visibility,
} from '../../model/event-words.js';
import { FLOATING_OF_EVENT, SHOW_AS_OF_EVENT } from './appearance-fields.js';
import { AttendeeDto } from './attendee.dto.js';
import { ConferenceDto } from './conference.dto.js';
import { FixedFlag } from './fixed-flag.js';
import { ListedOccurrenceDto, OccurrencesTruncated } from './occurrence.dto.js';
import { RepeatDto } from './repeat.dto.js';

@DocumentedAs('Event', 'An event; a series if it repeats.')
export class EventDto {
  @FixedFlag(false, 'False: the caller sees the details of the event.')
  redacted!: false;

  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'The title of the event.', example: 'event2' })
  title!: string;

  @ApiProperty({
    description: 'The description of the event.',
    type: 'string',
    nullable: true,
    example: 'description2',
  })
  description!: string | null;

  @ApiProperty({
    description: 'The location of the event.',
    type: 'string',
    nullable: true,
    example: 'Room 5',
  })
  location!: string | null;

  @ApiProperty({
    description: 'The start of the first occurrence: an instant; a date if the event is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start_date!: string;

  @ApiProperty({
    description:
      'The end of the first occurrence, exclusive: an instant; the date after the last day if the event is all-day.',
    example: '2022-09-06T15:56:47Z',
  })
  end_date!: string;

  @ApiProperty({
    description: 'The length in whole seconds; in whole days if the event is all-day.',
    type: 'integer',
    example: 6000,
  })
  duration!: number;

  @ApiProperty({ description: 'Whether the event takes whole days.', example: false })
  all_day!: boolean;

  @ApiProperty({ description: FLOATING_OF_EVENT, example: false })
  floating!: boolean;

  @ApiProperty({ description: 'The IANA time zone of the event.', example: 'UTC' })
  time_zone!: string;

  @ApiProperty({
    description:
      'The IANA time zone of the end, if it has another zone than the start, as that of a flight; else null.',
    type: 'string',
    nullable: true,
    example: null,
  })
  end_time_zone!: string | null;

  @ApiProperty({
    description:
      'The id of the organizer. Null: the organizer has no account, and is the guest with the status `organizer`.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  organizer_user_id!: number | null;

  @ApiProperty({
    description:
      'The id of the user who may change the event: the organizer, or, if the organizer has no account, the user who imported it.',
    type: 'integer',
    example: 1,
  })
  owner_user_id!: number;

  @ApiProperty({
    description:
      "The calendar that has the event: the caller's; for a caller who does not attend the event, the organizer's. Null: none has it.",
    type: 'integer',
    nullable: true,
    example: 1,
  })
  calendar_id!: number | null;

  @ApiProperty({
    description:
      'Whether users who do not attend the event see its details (`public`) or only its times (`private`).',
    enum: VISIBILITIES,
    example: 'public',
  })
  visibility!: Visibility;

  @ApiProperty({
    description: SHOW_AS_OF_EVENT,
    enum: SHOW_AS,
    example: 'busy',
  })
  show_as!: ShowAs;

  @ApiProperty({ description: 'Whether the event takes place.', enum: EVENT_STATUSES, example: 'confirmed' })
  status!: EventStatus;

  @ApiProperty({
    description: 'The page of the event in the product.',
    type: 'string',
    format: 'uri',
    nullable: true,
    example: null,
  })
  url!: string | null;

  @ApiProperty({
    description: 'The color of the event, `#rrggbb` in lower case.',
    type: 'string',
    nullable: true,
    example: null,
  })
  color!: string | null;

  @ApiProperty({ description: 'The categories of the event.', type: [String], example: [] })
  categories!: string[];

  @ApiProperty({
    description: 'Where people meet who are not at the location of the event; null: nowhere else.',
    type: ConferenceDto,
    nullable: true,
    example: null,
  })
  conference!: ConferenceDto | null;

  @ApiExternalId('event', 'the organizer or an API key')
  external_id?: string | null;

  @ApiMetadata('event', 'the organizer or an API key')
  metadata?: Metadata;

  @ApiProperty({
    description: 'The recurrence of the event, in the form of requests; null: the event does not repeat.',
    type: RepeatDto,
    nullable: true,
  })
  repeat!: RepeatDto | null;

  @ApiProperty({
    description: 'DTSTART, a newline, and the recurrence rule; null if no rule repeats the event.',
    type: 'string',
    nullable: true,
    example: 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE',
  })
  rrule!: string | null;

  @ApiProperty({
    description:
      'The recurrence as content lines of RFC 5545: RRULE, RDATE, EXDATE. Together with `time_zone` they define the occurrences.',
    type: [String],
    example: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE'],
  })
  recurrence!: string[];

  @ApiProperty({
    description:
      'The attendees: the organizer first, then the others in the order of invitation. With `max_attendees`: first the caller or ' +
      'the user of the list, then the organizer, then the others.',
    type: [AttendeeDto],
  })
  attendees!: AttendeeDto[];

  @ApiProperty({
    description: 'The number of attendees that `max_attendees` leaves out.',
    type: 'integer',
    example: 0,
  })
  attendees_omitted!: number;

  @ApiProperty({ description: 'The version. Each change increments it.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({
    description: 'The time of the creation.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'The time of the last change.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;
}

@DocumentedAs('ListedEvent', 'An event in a list, with its occurrences in the window.')
export class ListedEventDto extends EventDto {
  @ApiProperty({ description: 'The occurrences in the window, by start.', type: [ListedOccurrenceDto] })
  occurrences!: ListedOccurrenceDto[];

  @OccurrencesTruncated()
  occurrences_truncated!: boolean;
}
