import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { CONFLICT_HORIZON_DAYS, MAX_CONFLICTS } from '../../../scheduling/booking/conflict-limits.js';
import { ConflictDto } from './conflict.dto.js';
import { EventDto } from './event.dto.js';
import { EventOccurrenceDto } from './occurrence.dto.js';
import { PrivateEventDto, PrivateOccurrenceDto } from './private-event.dto.js';

const OF_EVENT = `Time of attendees that is taken already, the first ${MAX_CONFLICTS} by time. A series is looked at for ${CONFLICT_HORIZON_DAYS} days from its first occurrence, and from now on when it has begun.`;

const OF_OCCURRENCE = `Time of attendees that is taken already: by this occurrence, or by it and all that follow; the first ${MAX_CONFLICTS}.`;

@DocumentedAs('BookedEvent', 'An event as created or changed, and what it is in conflict with.')
export class BookedEventDto extends EventDto {
  @ApiProperty({ description: OF_EVENT, type: [ConflictDto] })
  conflicts!: ConflictDto[];
}

@DocumentedAs(
  'BookedRedactedEvent',
  'A private event as created or changed by who does not see its details, and what it is in conflict with.',
)
export class BookedPrivateEventDto extends PrivateEventDto {
  @ApiProperty({ description: OF_EVENT, type: [ConflictDto] })
  conflicts!: ConflictDto[];
}

@DocumentedAs('BookedOccurrence', 'An occurrence as changed, and what it is in conflict with.')
export class BookedOccurrenceDto extends EventOccurrenceDto {
  @ApiProperty({ description: OF_OCCURRENCE, type: [ConflictDto] })
  conflicts!: ConflictDto[];
}

@DocumentedAs(
  'BookedRedactedOccurrence',
  'An occurrence of a private event as changed, and what it is in conflict with.',
)
export class BookedPrivateOccurrenceDto extends PrivateOccurrenceDto {
  @ApiProperty({ description: OF_OCCURRENCE, type: [ConflictDto] })
  conflicts!: ConflictDto[];
}
