import { ApiProperty } from '@nestjs/swagger';
import { ConflictDto } from '../../scheduling/dto/conflict.dto.js';
import { CONFLICT_HORIZON_DAYS, MAX_CONFLICTS } from '../../scheduling/scheduling-limits.js';
import { EventDto } from './event.dto.js';

export class BookedEventDto extends EventDto {
  @ApiProperty({
    description: `Time of attendees that is taken already, the first ${MAX_CONFLICTS} by time. A series is looked at for ${CONFLICT_HORIZON_DAYS} days from its first occurrence, and from now on when it has begun.`,
    type: [ConflictDto],
  })
  conflicts!: ConflictDto[];
}
