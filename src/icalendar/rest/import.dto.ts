import { ApiProperty } from '@nestjs/swagger';
import { WARNING_CODES, type WarningCode } from '../../calendar/icalendar/model/icalendar-codes.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { ChoiceField, QueryFlagField } from '../../http/fields/choice-field.js';
import { QueryIntegerField } from '../../http/fields/integer-field.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import {
  IMPORT_STATUSES,
  type ImportStatus,
  ON_DUPLICATE,
  type OnDuplicate,
} from '../import/import-command.js';
import { IMPORT_PROBLEM_CODES, type ImportProblemCode } from '../import/import-problem.js';

/** The query of an import. */
export class ImportEventsDto {
  @QueryFlagField({
    description: 'Whether the service only checks the file, and writes nothing.',
    example: false,
    optional: true,
  })
  validate_only?: boolean;

  @ChoiceField(ON_DUPLICATE, {
    description:
      'What happens to an object whose UID the user has already, and that differs: `replace` makes the event as the file has it, `skip` keeps the event, `error` refuses the object. Default `replace`.',
    example: 'replace',
    optional: true,
  })
  on_duplicate?: OnDuplicate;

  @QueryIntegerField({
    min: 1,
    max: MAX_ID,
    description:
      'The calendar of the user that gets the events. Absent: new events go to the primary calendar, and others stay where they are.',
    example: 1,
    optional: true,
  })
  calendar_id?: number;
}

@DocumentedAs('ImportWarning', 'What the service had to decide in reading an object.')
export class ImportWarningDto {
  @ApiProperty({
    description: 'What it was, for programs.',
    enum: WARNING_CODES,
    example: 'time_zone_guessed',
  })
  code!: WarningCode;

  @ApiProperty({
    description: 'A sentence for people.',
    example: 'TZID Home is not known. It was read as Europe/Berlin.',
  })
  detail!: string;

  @ApiProperty({ description: 'The line of the file.', type: 'integer', example: 12 })
  line!: number;
}

@DocumentedAs('ImportProblem', 'Why the service refused an object.')
export class ImportProblemDto {
  @ApiProperty({
    description: 'The reason, for programs.',
    enum: IMPORT_PROBLEM_CODES,
    example: 'invalid_rule',
  })
  code!: ImportProblemCode;

  @ApiProperty({ description: 'A sentence for people.', example: 'FREQ=SECONDLY is not supported.' })
  detail!: string;

  @ApiProperty({ description: 'The line of the file.', type: 'integer', example: 12 })
  line!: number;

  @ApiProperty({
    description: 'The property, or the part of a rule; null: none in particular.',
    type: 'string',
    nullable: true,
    example: 'FREQ',
  })
  part!: string | null;
}

@DocumentedAs('ImportResult', 'What became of one object of a file: all components of one UID.')
export class ImportResultDto {
  @ApiProperty({
    description:
      'The UID. An object without one gets a UID that follows from its content; null: a refused object without a UID.',
    type: 'string',
    nullable: true,
    example: 'holiday-2026@example.com',
  })
  uid!: string | null;

  @ApiProperty({ description: 'What became of the object.', enum: IMPORT_STATUSES, example: 'created' })
  status!: ImportStatus;

  @ApiProperty({
    description: 'The event; null: none, as the object was refused or the request validates only.',
    type: 'integer',
    nullable: true,
    example: 1,
  })
  event_id!: number | null;

  @ApiProperty({ description: 'What the service had to decide.', type: [ImportWarningDto] })
  warnings!: ImportWarningDto[];

  @ApiProperty({
    description: 'Why the service refused the object; null: it did not.',
    type: ImportProblemDto,
    nullable: true,
    example: null,
  })
  problem!: ImportProblemDto | null;
}

@DocumentedAs('ImportResults', 'The results of an import.')
export class ImportResultsDto {
  @ApiProperty({ description: 'One for each object, in the order of the file.', type: [ImportResultDto] })
  results!: ImportResultDto[];
}
