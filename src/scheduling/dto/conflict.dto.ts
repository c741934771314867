import { ApiProperty } from '@nestjs/swagger';

/** Time of an attendee that something else takes as well. It tells no more than free/busy does. */
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
}
