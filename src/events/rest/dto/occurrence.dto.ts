import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { MAX_OCCURRENCES } from '../../../calendar/recurrence/series/recurrence-set.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField } from '../../../http/fields/choice-field.js';
import { OCCURRENCE_SCOPES, type OccurrenceScope } from '../../model/commands.js';
import {
  EVENT_STATUSES,
  type EventStatus,
  INVITE_STATUSES,
  type InviteStatus,
  PARTICIPATION_STATUSES,
  type ParticipationStatus,
  SHOW_AS,
  type ShowAs,
} from '../../model/event-words.js';
import { MAX_DECLINED_OCCURRENCES } from '../../read/lists/occurrences-shown.js';
import { SHOW_AS_OF_OCCURRENCE } from './appearance-fields.js';
import { FixedFlag } from './fixed-flag.js';
import { MaxAttendeesDto } from './max-attendees.dto.js';

/** Documents the flag of a list that leaves out occurrences of an event. */
export function OccurrencesTruncated(): PropertyDecorator {
  return ApiProperty({
    description:
      `Whether the window has occurrences of the event that the list leaves out: those after the first ${MAX_OCCURRENCES}, ` +
      `or those of a declined event after the first ${MAX_DECLINED_OCCURRENCES}.`,
    example: false,
  });
}

/** The times of one occurrence. */
@DocumentedAs('OccurrenceTimes', 'The times of one occurrence.')
export class OccurrenceTimesDto {
  @ApiProperty({
    description: 'The start: an instant; a date if the event is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'The end, exclusive: an instant; the date after the last day if the event is all-day.',
    example: '2022-09-06T15:56:47Z',
  })
  end!: string;
}

/** The times of one occurrence, with its identity. */
export class OccurrenceDto extends OccurrenceTimesDto {
  @ApiProperty({
    description:
      'The start that the series gives the occurrence. The original start identifies the occurrence, even if an override moves it.',
    example: '2022-09-06T14:16:47Z',
  })
  original_start!: string;
}

/** An occurrence in the list of a user, with only those fields of the event that it overrides. */
@DocumentedAs(
  'ListedOccurrence',
  'An occurrence in a list, with only those fields of the event that it overrides.',
)
export class ListedOccurrenceDto extends OccurrenceDto {
  @ApiProperty({
    description: 'Whether the occurrence takes place: `cancelled` if it or its event is cancelled.',
    enum: EVENT_STATUSES,
    example: 'confirmed',
  })
  status!: EventStatus;

  @ApiProperty({
    description: 'The participation status of the user in this occurrence.',
    enum: PARTICIPATION_STATUSES,
    example: 'organizer',
  })
  attendee_status!: ParticipationStatus;

  @ApiProperty({
    description: 'The title, if the occurrence overrides it.',
    required: false,
    example: 'event2, in the park',
  })
  title?: string;

  @ApiProperty({
    description: 'The description, if the occurrence overrides it.',
    type: 'string',
    nullable: true,
    required: false,
    example: 'Bring a blanket.',
  })
  description?: string | null;

  @ApiProperty({
    description: 'The location, if the occurrence overrides it.',
    type: 'string',
    nullable: true,
    required: false,
    example: 'The park',
  })
  location?: string | null;

  @ApiProperty({
    description: 'Whether the occurrence makes its attendees busy, if it overrides that.',
    enum: SHOW_AS,
    required: false,
    example: 'free',
  })
  show_as?: ShowAs;
}

/** The answer of an attendee to one occurrence alone. */
@DocumentedAs('OccurrenceAnswer', 'The answer of an attendee to one occurrence alone.')
export class OccurrenceAnswerDto {
  @ApiProperty({
    description: 'The id of the attendee; null: a guest.',
    type: 'integer',
    nullable: true,
    example: 2,
  })
  user_id!: number | null;

  @ApiProperty({ description: 'The invite of the attendee.', type: 'integer', nullable: true, example: 1 })
  invite_id!: number | null;

  @ApiProperty({
    description:
      'Whether the attendee does not attend this occurrence, because the organizer removed the attendee from it.',
    example: false,
  })
  removed!: boolean;

  @ApiProperty({
    description: 'The participation status that the answer gave.',
    enum: INVITE_STATUSES,
    example: 'declined',
  })
  status!: InviteStatus;

  @ApiProperty({ description: 'The comment of the attendee.', type: 'string', nullable: true, example: null })
  comment!: string | null;
}

/** An occurrence with all its fields. */
@DocumentedAs('Occurrence', 'An occurrence with all its fields.')
export class EventOccurrenceDto extends OccurrenceDto {
  @FixedFlag(false, 'False: the caller sees the details of the event.')
  redacted!: false;

  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({
    description: 'Whether the occurrence takes place.',
    enum: EVENT_STATUSES,
    example: 'confirmed',
  })
  status!: EventStatus;

  @ApiProperty({ description: 'The title of the occurrence.', example: 'event2' })
  title!: string;

  @ApiProperty({
    description: 'The description of the occurrence.',
    type: 'string',
    nullable: true,
    example: 'description2',
  })
  description!: string | null;

  @ApiProperty({
    description: 'The location of the occurrence.',
    type: 'string',
    nullable: true,
    example: 'Room 5',
  })
  location!: string | null;

  @ApiProperty({
    description: SHOW_AS_OF_OCCURRENCE,
    enum: SHOW_AS,
    example: 'busy',
  })
  show_as!: ShowAs;

  @ApiProperty({
    description: 'The answers to this occurrence alone.',
    type: [OccurrenceAnswerDto],
  })
  answers!: OccurrenceAnswerDto[];

  @ApiProperty({
    description:
      'The number of attendees that `max_attendees` leaves out. `answers` omits the answers of these attendees.',
    type: 'integer',
    example: 0,
  })
  attendees_omitted!: number;
}

export class ScopeDto {
  @ChoiceField(OCCURRENCE_SCOPES, {
    description:
      'The occurrences that the request changes or cancels: this occurrence only, or this one and all later ones. A change of the later ones makes them a new series.',
    example: 'this',
    optional: true,
    default: 'this',
  })
  scope?: OccurrenceScope;
}

export class UpdateOccurrenceQueryDto extends IntersectionType(ScopeDto, MaxAttendeesDto) {}
