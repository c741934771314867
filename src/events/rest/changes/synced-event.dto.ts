import { ApiProperty, OmitType } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { EventDto } from '../dto/event.dto.js';
import { FixedFlag } from '../dto/fixed-flag.js';
import { EventOccurrenceDto } from '../dto/occurrence.dto.js';

/** An occurrence that differs from its series. */
@DocumentedAs(
  'Override',
  'An occurrence that differs from its series, by its fields or by the answers to it.',
)
export class OverrideDto extends OmitType(EventOccurrenceDto, [
  'redacted',
  'event_id',
  'attendees_omitted',
]) {}

/** An event in an incremental list. */
@DocumentedAs(
  'SyncedEvent',
  'An event in an incremental list, with the occurrences that differ from their series. `recurrence` names the deleted ones as EXDATE.',
)
export class SyncedEventDto extends EventDto {
  @ApiProperty({
    description: 'The occurrences that differ from their series, by original start.',
    type: [OverrideDto],
  })
  overrides!: OverrideDto[];
}

/** An event that an incremental list has no more. */
@DocumentedAs(
  'RemovedEvent',
  'An event that was deleted, or that the list or the caller has lost, in an incremental list.',
)
export class RemovedEventDto {
  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 1 })
  id!: number;

  @FixedFlag(true, 'True: drop the event.')
  removed!: true;
}
