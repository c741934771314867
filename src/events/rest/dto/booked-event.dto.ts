import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { MAX_CONFLICTS } from '../../../scheduling/booking/conflicts/conflict-limits.js';
import { RoomWarningDto } from '../rooms/room-warning.dto.js';
import { ConflictDto, ConflictsCheckedUntil, Skipped } from './conflict.dto.js';
import { EventDto } from './event.dto.js';
import { EventOccurrenceDto } from './occurrence.dto.js';
import { PrivateEventDto, PrivateOccurrenceDto } from './private-event.dto.js';

const OF_EVENT = `The times at which attendees are already busy, the first ${MAX_CONFLICTS} by start.`;

const OF_OCCURRENCE = `The times at which attendees are already busy during this occurrence, or during it and all later ones; the first ${MAX_CONFLICTS} by start.`;

const WARNINGS =
  'The rooms that are too small for the attendees. Absent if there is none, or without the details of the event.';

@DocumentedAs('BookedEvent', 'An event after its creation or change, with its conflicts.')
export class BookedEventDto extends EventDto {
  @ApiProperty({ description: OF_EVENT, type: [ConflictDto] })
  conflicts!: ConflictDto[];

  @ConflictsCheckedUntil()
  conflicts_checked_until!: string | null;

  @Skipped()
  skipped?: string[];

  @ApiProperty({ description: WARNINGS, type: [RoomWarningDto], required: false })
  warnings?: RoomWarningDto[];
}

@DocumentedAs(
  'BookedRedactedEvent',
  'A private event after its creation or change by a caller who does not see its details, with its conflicts.',
)
export class BookedPrivateEventDto extends PrivateEventDto {
  @ApiProperty({ description: OF_EVENT, type: [ConflictDto] })
  conflicts!: ConflictDto[];

  @ConflictsCheckedUntil()
  conflicts_checked_until!: string | null;

  @Skipped()
  skipped?: string[];

  @ApiProperty({ description: WARNINGS, type: [RoomWarningDto], required: false })
  warnings?: RoomWarningDto[];
}

@DocumentedAs('BookedOccurrence', 'An occurrence after its change, with its conflicts.')
export class BookedOccurrenceDto extends EventOccurrenceDto {
  @ApiProperty({ description: OF_OCCURRENCE, type: [ConflictDto] })
  conflicts!: ConflictDto[];

  @ConflictsCheckedUntil()
  conflicts_checked_until!: string | null;

  @Skipped()
  skipped?: string[];

  @ApiProperty({ description: WARNINGS, type: [RoomWarningDto], required: false })
  warnings?: RoomWarningDto[];
}

@DocumentedAs(
  'BookedRedactedOccurrence',
  'An occurrence of a private event after its change, with its conflicts.',
)
export class BookedPrivateOccurrenceDto extends PrivateOccurrenceDto {
  @ApiProperty({ description: OF_OCCURRENCE, type: [ConflictDto] })
  conflicts!: ConflictDto[];

  @ConflictsCheckedUntil()
  conflicts_checked_until!: string | null;

  @Skipped()
  skipped?: string[];

  @ApiProperty({ description: WARNINGS, type: [RoomWarningDto], required: false })
  warnings?: RoomWarningDto[];
}
