import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';

@DocumentedAs('RoomWarning', 'A room in which not all attendees fit.')
export class RoomWarningDto {
  @ApiProperty({
    description: 'The stable name of the warning.',
    enum: ['room_too_small'],
    example: 'room_too_small',
  })
  code!: 'room_too_small';

  @ApiProperty({ description: 'The id of the room.', type: 'integer', example: 5 })
  room_id!: number;

  @ApiProperty({ description: 'The number of persons that fit in.', type: 'integer', example: 8 })
  capacity!: number;

  @ApiProperty({
    description:
      'The number of persons who attend the event, guests included, without those who have declined. Of a series, the most persons who attend one occurrence with the room.',
    type: 'integer',
    example: 9,
  })
  attendees!: number;
}
