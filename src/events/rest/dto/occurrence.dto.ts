import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MAX_OCCURRENCES } from '../../../calendar/recurrence/series/recurrence-set.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { SCOPES, type Scope } from '../../model/commands.js';
import {
  EVENT_STATUSES,
  type EventStatus,
  INVITEE_STATUSES,
  type InviteeStatus,
  PARTICIPATION_STATUSES,
  type ParticipationStatus,
  SHOW_AS,
  type ShowAs,
} from '../../model/event-words.js';
import { FixedFlag } from './fixed-flag.js';
import { MaxAttendeesDto } from './max-attendees.dto.js';

/** Says that a list leaves out occurrences of an event. */
export function OccurrencesTruncated(): PropertyDecorator {
  return ApiProperty({
    description:
      `Whether the window has occurrences of the event that the list leaves out: those after the first ${MAX_OCCURRENCES}, ` +
      'or those of a declined event after its first.',
    example: false,
  });
}

/** When an event takes place once, and nothing else. */
@DocumentedAs('OccurrenceTimes', 'When an event takes place once.')
export class OccurrenceTimesDto {
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
}

/** One time at which an event takes place. */
export class OccurrenceDto extends OccurrenceTimesDto {
  @ApiProperty({
    description: 'The start that the series gives it: its name, also after it was moved.',
    example: '2022-09-06T14:16:47Z',
  })
  original_start!: string;
}

/** An occurrence in a user's list; it repeats of the event only what differs from it. */
@DocumentedAs(
  'ListedOccurrence',
  'An occurrence in a list; it repeats of the event only what differs from it.',
)
export class ListedOccurrenceDto extends OccurrenceDto {
  @ApiProperty({
    description: 'Whether it takes place: `cancelled` if it or its event was cancelled.',
    enum: EVENT_STATUSES,
    example: 'confirmed',
  })
  status!: EventStatus;

  @ApiProperty({
    description: "The user's part in this occurrence.",
    enum: PARTICIPATION_STATUSES,
    example: 'organizer',
  })
  attendee_status!: ParticipationStatus;

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
@DocumentedAs('OccurrenceAnswer', 'What an invitee answered to one occurrence alone.')
export class OccurrenceAnswerDto {
  @ApiProperty({ description: 'Who answered.', type: 'integer', example: 2 })
  user_id!: number;

  @ApiProperty({ description: 'What the invitee answered.', enum: INVITEE_STATUSES, example: 'declined' })
  status!: InviteeStatus;

  @ApiProperty({ description: 'And said.', type: 'string', nullable: true, example: null })
  comment!: string | null;
}

/** An occurrence with all that holds for it. */
@DocumentedAs('Occurrence', 'An occurrence with all that holds for it.')
export class EventOccurrenceDto extends OccurrenceDto {
  @FixedFlag(false, 'False: the caller sees the details of the event.')
  redacted!: false;

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

  @ApiProperty({
    description: 'The number of attendees that `max_attendees` leaves out; `answers` has none of theirs.',
    type: 'integer',
    example: 0,
  })
  attendees_omitted!: number;
}

export class ScopeDto {
  @ChoiceField(SCOPES, {
    description: 'This occurrence alone, or it and all that follow, which become a series of their own.',
    example: 'this',
    optional: true,
    default: 'this',
  })
  scope?: Scope;
}

export class UpdateOccurrenceQueryDto extends IntersectionType(ScopeDto, MaxAttendeesDto) {}
