import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { UserSummaryDto } from '../../../users/rest/user.dto.js';
import {
  EVENT_STATUSES,
  type EventStatus,
  PARTICIPATION_STATUSES,
  type ParticipationStatus,
  SHOW_AS,
  type ShowAs,
  VISIBILITIES,
  type Visibility,
} from '../../model/event-words.js';
import { FixedFlag } from './fixed-flag.js';
import { ListedOccurrenceDto, OccurrencesTruncated } from './occurrence.dto.js';
import { RepeatDto } from './repeat.dto.js';

@DocumentedAs('Attendee', 'Who attends an event, and what was answered.')
export class AttendeeDto {
  @ApiProperty({
    description: 'The organizer, or what the invitee answered.',
    enum: PARTICIPATION_STATUSES,
    example: 'organizer',
  })
  status!: ParticipationStatus;

  @ApiProperty({ description: 'Who attends.', type: UserSummaryDto })
  user!: UserSummaryDto;

  @ApiProperty({
    description: 'The invite; null for the organizer.',
    type: 'integer',
    nullable: true,
    example: null,
  })
  invite_id!: number | null;

  @ApiProperty({
    description: 'What the invitee said with the answer.',
    type: 'string',
    nullable: true,
    example: null,
  })
  comment!: string | null;

  @ApiProperty({
    description: 'When the user was invited.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'When the answer last changed.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;
}

@DocumentedAs('Event', 'An event, or a series when it repeats.')
export class EventDto {
  @FixedFlag(false, 'False: the caller sees the details of the event.')
  redacted!: false;

  @ApiProperty({ description: 'The identity of the event.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({ description: 'What it is called.', example: 'event2' })
  title!: string;

  @ApiProperty({ description: 'What it is about.', type: 'string', nullable: true, example: 'description2' })
  description!: string | null;

  @ApiProperty({ description: 'Where it is.', type: 'string', nullable: true, example: 'Room 5' })
  location!: string | null;

  @ApiProperty({
    description: 'When it first starts: an instant; a date when it is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start_date!: string;

  @ApiProperty({
    description:
      'When its first occurrence ends: an instant; when it is all-day the date after its last day.',
    example: '2022-09-06T15:56:47Z',
  })
  end_date!: string;

  @ApiProperty({
    description: 'Whole seconds; whole days when it is all-day.',
    type: 'integer',
    example: 6000,
  })
  duration!: number;

  @ApiProperty({ description: 'Whether it takes whole days.', example: false })
  all_day!: boolean;

  @ApiProperty({ description: 'The IANA time zone in which it repeats.', example: 'UTC' })
  time_zone!: string;

  @ApiProperty({ description: 'The user whose event it is.', type: 'integer', example: 1 })
  organizer_user_id!: number;

  @ApiProperty({
    description: 'Whether others than its attendees see more of it than the time.',
    enum: VISIBILITIES,
    example: 'public',
  })
  visibility!: Visibility;

  @ApiProperty({
    description: 'Whether it takes up the time of its attendees.',
    enum: SHOW_AS,
    example: 'busy',
  })
  show_as!: ShowAs;

  @ApiProperty({ description: 'Whether it takes place.', enum: EVENT_STATUSES, example: 'confirmed' })
  status!: EventStatus;

  @ApiProperty({
    description: 'How it repeats, as it can be said in a request; null: not at all.',
    type: RepeatDto,
    nullable: true,
  })
  repeat!: RepeatDto | null;

  @ApiProperty({
    description: 'DTSTART, a newline, and the recurrence rule; null when it does not repeat.',
    type: 'string',
    nullable: true,
    example: 'DTSTART:20220906T141647Z\nFREQ=WEEKLY;BYDAY=MO,TU,WE',
  })
  rrule!: string | null;

  @ApiProperty({
    description:
      'How it repeats, as lines of RFC 5545: RRULE, RDATE, EXDATE. With `time_zone` it is what counts.',
    type: [String],
    example: ['RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE'],
  })
  recurrence!: string[];

  @ApiProperty({
    description:
      'Who attends: the organizer first, then in the order of invitation. With `max_attendees`: first the caller or ' +
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

  @ApiProperty({ description: 'Rises with each change.', type: 'integer', example: 1 })
  version!: number;

  @ApiProperty({
    description: 'When it was created.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  created_at!: string;

  @ApiProperty({
    description: 'When it was last changed.',
    format: 'date-time',
    example: '2022-09-06T14:16:53.178Z',
  })
  updated_at!: string;
}

@DocumentedAs('ListedEvent', 'An event in a list, and its occurrences in the window.')
export class ListedEventDto extends EventDto {
  @ApiProperty({ description: 'Its occurrences in the window, by start.', type: [ListedOccurrenceDto] })
  occurrences!: ListedOccurrenceDto[];

  @OccurrencesTruncated()
  occurrences_truncated!: boolean;
}
