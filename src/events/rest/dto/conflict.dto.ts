import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { TakenTime } from '../../../http/problem/problem.js';
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
