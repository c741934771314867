import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ChoiceField } from '../../common/fields/choice-field.js';
import { MAX_CONFLICTS } from '../../scheduling/scheduling-limits.js';
import {
  ANSWERS,
  type Answer,
  ATTENDEE_STATUSES,
  type AttendeeStatus,
  EVENT_STATUSES,
  type EventStatus,
  SHOW_AS,
  type ShowAs,
} from '../event-words.js';
import { ConflictDto } from './conflict.dto.js';

/** One time at which an event takes place. */
@ApiSchema({ description: 'One time at which an event takes place.' })
export class OccurrenceDto {
  @ApiProperty({
    description: 'When it starts: an instant; a date when it is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'When it ends, not included: an instant; when it is all-day the date after its last day.',
    example: '2022-09-06T15:56:47Z',
  })
  end!: string;

  @ApiProperty({
    description: 'The start that the series gives it: its name, also after it was moved.',
    example: '2022-09-06T14:16:47Z',
  })
  original_start!: string;
}

/** An occurrence in a user's list; it repeats of the event only what differs from it. */
@ApiSchema({ description: 'An occurrence in a list; it repeats of the event only what differs from it.' })
export class ListedOccurrenceDto extends OccurrenceDto {
  @ApiProperty({
    description: "The user's part in this occurrence.",
    enum: ATTENDEE_STATUSES,
    example: 'organizer',
  })
  attendee_status!: AttendeeStatus;

  @ApiProperty({ description: 'Its own title.', required: false, example: 'event2, in the park' })
  title?: string;

  @ApiProperty({
    description: 'Its own description.',
    type: 'string',
    nullable: true,
    required: false,
    example: 'Bring a blanket.',
  })
  description?: string | null;

  @ApiProperty({
    description: 'Its own location.',
    type: 'string',
    nullable: true,
    required: false,
    example: 'The park',
  })
  location?: string | null;

  @ApiProperty({
    description: 'Whether it takes up time.',
    enum: SHOW_AS,
    required: false,
    example: 'free',
  })
  show_as?: ShowAs;
}

/** What an invitee answered to one occurrence alone. */
@ApiSchema({ description: 'What an invitee answered to one occurrence alone.' })
export class OccurrenceAnswerDto {
  @ApiProperty({ description: 'Who answered.', type: 'integer', example: 2 })
  user_id!: number;

  @ApiProperty({ description: 'What the invitee answered.', enum: ANSWERS, example: 'declined' })
  status!: Answer;

  @ApiProperty({ description: 'And said.', type: 'string', nullable: true, example: null })
  comment!: string | null;
}

/** An occurrence with all that holds for it. */
@ApiSchema({ description: 'An occurrence with all that holds for it.' })
export class EventOccurrenceDto extends OccurrenceDto {
  @ApiProperty({ description: 'The event, of which it is an occurrence.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({ description: 'Whether it takes place.', enum: EVENT_STATUSES, example: 'confirmed' })
  status!: EventStatus;

  @ApiProperty({ description: 'What it is called.', example: 'event2' })
  title!: string;

  @ApiProperty({ description: 'What it is about.', type: 'string', nullable: true, example: 'description2' })
  description!: string | null;

  @ApiProperty({ description: 'Where it is.', type: 'string', nullable: true, example: 'Room 5' })
  location!: string | null;

  @ApiProperty({
    description: 'Whether it takes up the time of its attendees.',
    enum: SHOW_AS,
    example: 'busy',
  })
  show_as!: ShowAs;

  @ApiProperty({
    description: 'The answers to this occurrence that differ from those to the series.',
    type: [OccurrenceAnswerDto],
  })
  answers!: OccurrenceAnswerDto[];
}

@ApiSchema({ description: 'An occurrence as changed, and what it is in conflict with.' })
export class BookedOccurrenceDto extends EventOccurrenceDto {
  @ApiProperty({
    description: `Time of attendees that is taken already: by this occurrence, or by it and all that follow; the first ${MAX_CONFLICTS}.`,
    type: [ConflictDto],
  })
  conflicts!: ConflictDto[];
}

export const SCOPES = ['this', 'following'] as const;
export type Scope = (typeof SCOPES)[number];

export class ScopeDto {
  @ChoiceField(SCOPES, {
    description: 'This occurrence alone, or it and all that follow, which become a series of their own.',
    example: 'this',
    optional: true,
    default: 'this',
  })
  scope?: Scope;
}
