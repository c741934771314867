import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { FixedFlag } from './fixed-flag.js';
import { OccurrenceDto, OccurrencesTruncated, OccurrenceTimesDto } from './occurrence.dto.js';

const REDACTED = 'True: the event is private, and the caller sees only when it is.';

/** All that others than its attendees see of a private event. */
@DocumentedAs('RedactedEvent', 'What others than its attendees see of a private event: when it is.')
export class PrivateEventDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty({ description: 'The identity of the event.', type: 'integer', example: 1 })
  id!: number;

  @ApiProperty({
    description: 'That there is more, for its attendees.',
    enum: ['private'],
    example: 'private',
  })
  visibility!: 'private';

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

  @ApiProperty({ description: 'Whether it takes whole days.', example: false })
  all_day!: boolean;
}

/** The same in a list, where nothing identifies the event. */
@DocumentedAs(
  'ListedRedactedEvent',
  'A private event in the list of another user, and its occurrences in the window. It has no id: the lists of two ' +
    'users do not reveal that both attend the same event.',
)
export class ListedPrivateEventDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty({
    description: 'That there is more, for its attendees.',
    enum: ['private'],
    example: 'private',
  })
  visibility!: 'private';

  @ApiProperty({
    description: 'When the first of `occurrences` starts: an instant; a date when the event is all-day.',
    example: '2022-09-06T14:16:47Z',
  })
  start_date!: string;

  @ApiProperty({
    description:
      'When the first of `occurrences` ends: an instant; when the event is all-day the date after its last day.',
    example: '2022-09-06T15:56:47Z',
  })
  end_date!: string;

  @ApiProperty({ description: 'Whether it takes whole days.', example: false })
  all_day!: boolean;

  @ApiProperty({ description: 'Its occurrences in the window, by start.', type: [OccurrenceTimesDto] })
  occurrences!: OccurrenceTimesDto[];

  @OccurrencesTruncated()
  occurrences_truncated!: boolean;
}

/** All that others than its attendees see of an occurrence of a private event. */
@DocumentedAs('RedactedOccurrence', 'What others see of an occurrence of a private event.')
export class PrivateOccurrenceDto extends OccurrenceDto {
  @FixedFlag(true, REDACTED)
  redacted!: true;

  @ApiProperty({ description: 'The event, of which it is an occurrence.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({
    description: 'That there is more, for its attendees.',
    enum: ['private'],
    example: 'private',
  })
  visibility!: 'private';
}
