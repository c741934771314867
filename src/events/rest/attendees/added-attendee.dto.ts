import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { AttendeeDto } from '../dto/attendee.dto.js';
import { ConflictDto, ConflictsCheckedUntil } from '../dto/conflict.dto.js';
import { RoomWarningDto } from '../rooms/room-warning.dto.js';

@DocumentedAs('AddedAttendee', 'An attendee who was added to an event, with the conflicts of the attendee.')
export class AddedAttendeeDto extends AttendeeDto {
  @ApiProperty({
    description: 'The times at which the attendee is already busy during the event. A guest has none.',
    type: [ConflictDto],
  })
  conflicts!: ConflictDto[];

  @ConflictsCheckedUntil()
  conflicts_checked_until!: string | null;

  @ApiProperty({
    description: 'The rooms that are too small for the attendees. Absent if there is none.',
    type: [RoomWarningDto],
    required: false,
  })
  warnings?: RoomWarningDto[];
}
