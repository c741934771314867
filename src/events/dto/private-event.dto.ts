import { ApiProperty } from '@nestjs/swagger';
import { OccurrenceDto } from './occurrence.dto.js';

/** All that others than its attendees see of a private event. */
export class PrivateEventDto {
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

/** The same in a list. */
export class ListedPrivateEventDto extends PrivateEventDto {
  @ApiProperty({ description: 'Its occurrences in the window, by start.', type: [OccurrenceDto] })
  occurrences!: OccurrenceDto[];
}

/** All that others than its attendees see of an occurrence of a private event. */
export class PrivateOccurrenceDto extends OccurrenceDto {
  @ApiProperty({ description: 'The event, of which it is an occurrence.', type: 'integer', example: 1 })
  event_id!: number;

  @ApiProperty({
    description: 'That there is more, for its attendees.',
    enum: ['private'],
    example: 'private',
  })
  visibility!: 'private';
}
