import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { TakenTime } from '../../../http/problem/problem.js';
import { CONFLICT_HORIZON_DAYS } from '../../../scheduling/booking/conflicts/conflict-limits.js';
import { MAX_EVENTS_OF_CONFLICT } from '../../read/conflicts/conflict-details.service.js';

/** A conflicting event. */
@DocumentedAs('ConflictingEvent', 'A conflicting event whose details the caller may see.')
export class ConflictingEventDto {
  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 2 })
  id!: number;

  @ApiProperty({ description: 'The title of the event.', example: 'Planning' })
  title!: string;
}

/** A time at which an attendee is already busy, or away. Of events whose details the caller may not see it shows no more than free/busy. */
@DocumentedAs('Conflict', 'A time at which an attendee is already busy, or away.')
export class ConflictDto extends TakenTime {
  @ApiProperty({
    description: `The conflicting events whose details the caller may see, at most ${MAX_EVENTS_OF_CONFLICT}. Time away is no event.`,
    type: [ConflictingEventDto],
  })
  events!: ConflictingEventDto[];
}

const CHECKED_UNTIL = `The service has looked for conflicts of the occurrences that start before this instant. Null: of all occurrences, however far. If a conflict would refuse the request (by \`conflict_policy\`, a room, or an attendee with \`double_booking\` \`reject\`), the service compares all occurrences of a series, and the instant is present only if the comparison of endless series reached its limit. If no conflict would refuse it, the service looks for conflicts during ${CONFLICT_HORIZON_DAYS} days from the first occurrence of a series and, if the series has begun, as many days from now; the instant is the end of these days, unless the series ends before.`;

/** The instant up to which the conflicts of a response are known. */
export function ConflictsCheckedUntil(): PropertyDecorator {
  return ApiProperty({
    description: CHECKED_UNTIL,
    type: String,
    format: 'date-time',
    nullable: true,
    example: null,
  });
}

/** The occurrences that a request has left out. */
export function Skipped(): PropertyDecorator {
  return ApiProperty({
    description:
      'The occurrences that `conflict_policy` `skip` has left out, by their `original_start`, in order. Absent with another policy, and for an event that does not repeat.',
    type: [String],
    example: ['2022-09-13T14:16:47Z'],
    required: false,
  });
}

/** The members of a response about the conflicts of a booking. */
export interface BookedConflictsDto {
  conflicts: ConflictDto[];
  conflicts_checked_until: string | null;
}
