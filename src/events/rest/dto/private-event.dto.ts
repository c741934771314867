import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { FLOATING_OF_EVENT } from './appearance-fields.js';
import { FixedFlag } from './fixed-flag.js';
import { OccurrenceDto, OccurrencesTruncated, OccurrenceTimesDto } from './occurrence.dto.js';

const REDACTED =
  'True: the caller sees only the times of the event: it is private, or its calendar is shared without details.';

const VISIBILITY: ApiPropertyOptions = {
  description: 'The value is `private`, also if the event is public. Attendees see more of the event.',
  enum: ['private'],
  example: 'private',
};

/** An event without details, for callers who may see only its times. */
@DocumentedAs('RedactedEvent', 'An event without details, for callers who may see only its times.')
export class PrivateEventDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty(VISIBILITY)
  visibility!: 'private';

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

  @ApiProperty({ description: 'Whether the event takes whole days.', example: false })
  all_day!: boolean;

  @ApiProperty({ description: FLOATING_OF_EVENT, example: false })
  floating!: boolean;
}

/** An event in a list, without details and without anything that identifies it. */
@DocumentedAs(
  'ListedRedactedEvent',
  'An event without details in the list of another user, with its occurrences in the window. The event has no id, so the lists of two ' +
    'users do not reveal that both attend the same event.',
)
export class ListedPrivateEventDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty(VISIBILITY)
  visibility!: 'private';

  @ApiProperty({
    description: 'The start of the first of `occurrences`: an instant; a date if the event is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start_date!: string;

  @ApiProperty({
    description:
      'The end of the first of `occurrences`, exclusive: an instant; the date after the last day if the event is all-day.',
    example: '2022-09-06T15:56:47Z',
  })
  end_date!: string;

  @ApiProperty({ description: 'Whether the event takes whole days.', example: false })
  all_day!: boolean;

  @ApiProperty({ description: FLOATING_OF_EVENT, example: false })
  floating!: boolean;

  @ApiProperty({ description: 'The occurrences in the window, by start.', type: [OccurrenceTimesDto] })
  occurrences!: OccurrenceTimesDto[];

  @OccurrencesTruncated()
  occurrences_truncated!: boolean;
}

/** An occurrence of an event without details, for callers who may see only its times. */
@DocumentedAs(
  'RedactedOccurrence',
  'An occurrence of an event without details, for callers who may see only its times.',
)
export class PrivateOccurrenceDto extends OccurrenceDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty({ description: 'The id of the event.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty(VISIBILITY)
  visibility!: 'private';
}
