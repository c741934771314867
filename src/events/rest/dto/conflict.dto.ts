import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';

/** An event behind a conflict. */
@DocumentedAs('ConflictingEvent', 'What is in conflict, as far as the caller may see it.')
export class ConflictingEventDto {
  @ApiProperty({ description: 'The identity of the event.', type: 'integer', example: 2 })
  id!: number;

  @ApiProperty({ description: 'What it is called.', example: 'Planning' })
  title!: string;
}

/** Time of an attendee that something else takes as well. Of what the caller may not see it tells no more than free/busy. */
@DocumentedAs('Conflict', 'Time of an attendee that is taken already.')
export class ConflictDto {
  @ApiProperty({ description: 'Whose time it is.', type: 'integer', example: 2 })
  user_id!: number;

  @ApiProperty({
    description: 'Where the two begin to overlap.',
    format: 'date-time',
    example: '2022-09-06T14:16:47Z',
  })
  start!: string;

  @ApiProperty({
    description: 'Where they no longer overlap.',
    format: 'date-time',
    example: '2022-09-06T15:56:47Z',
  })
  end!: string;

  @ApiProperty({
    description:
      'The events behind it whose details the caller may see, at most 100; a private one of others is not among them.',
    type: [ConflictingEventDto],
  })
  events!: ConflictingEventDto[];
}
