import { ApiProperty } from '@nestjs/swagger';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { EventDto } from '../dto/event.dto.js';
import { EventOccurrenceDto } from '../dto/occurrence.dto.js';

const CONTENT = {
  description: 'The content, in a form that later versions may change; null: none.',
  type: 'object',
  additionalProperties: true,
  nullable: true,
  example: null,
} as const;

@DocumentedAs('ImportedOccurrence', 'What the file of an imported event has of a changed occurrence.')
export class ImportedOccurrenceDto {
  @ApiProperty({
    description: 'The civil start that the series gives the occurrence.',
    example: '2022-09-06T14:16:47',
  })
  original_start!: string;

  @ApiProperty(CONTENT)
  content!: object | null;
}

@DocumentedAs('ImportedContent', 'What the file of an imported event has beside the fields.')
export class ImportedContentDto {
  @ApiProperty({
    description: 'The UID of the file; null: that which follows from the id.',
    type: 'string',
    nullable: true,
    example: 'new-year-2023@example.com',
  })
  uid!: string | null;

  @ApiProperty(CONTENT)
  content!: object | null;

  @ApiProperty({
    description: 'The changed occurrences with content.',
    type: [ImportedOccurrenceDto],
    example: [],
  })
  occurrences!: ImportedOccurrenceDto[];
}

@DocumentedAs('ExportedEvent', 'An event of a user, with its changed occurrences.')
export class ExportedEventDto extends EventDto {
  @ApiProperty({
    description: 'The occurrences that differ from the series, and those that the user has answered.',
    type: [EventOccurrenceDto],
  })
  changed_occurrences!: EventOccurrenceDto[];

  @ApiProperty({
    description: 'What the file of an imported event has beside the fields; null: no file has the event.',
    type: ImportedContentDto,
    nullable: true,
    example: null,
  })
  imported!: ImportedContentDto | null;
}
