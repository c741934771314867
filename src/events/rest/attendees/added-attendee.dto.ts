import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { AttendeeDto } from '../dto/attendee.dto.js';
import { ConflictDto } from '../dto/conflict.dto.js';

@DocumentedAs('AddedAttendee', 'An attendee who was added to an event, with the conflicts of the attendee.')
export class AddedAttendeeDto extends AttendeeDto {
  @ApiProperty({
    description: 'The times at which the attendee is already busy during the event. A guest has none.',
    type: [ConflictDto],
  })
  conflicts!: ConflictDto[];
}
