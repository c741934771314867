import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { EventDto } from '../dto/event.dto.js';
import { EventOccurrenceDto } from '../dto/occurrence.dto.js';

@DocumentedAs('ExportedEvent', 'An event of a user, with its changed occurrences.')
export class ExportedEventDto extends EventDto {
  @ApiProperty({
    description: 'The occurrences that differ from the series, and those that the user has answered.',
    type: [EventOccurrenceDto],
  })
  changed_occurrences!: EventOccurrenceDto[];
}
