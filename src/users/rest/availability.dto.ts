import { ApiProperty } from '@nestjs/swagger';
import { MAX_INTERVALS_OF_DATE } from '../../calendar/availability/hours/date-hours.js';
import { SHIFT_ENDS, SHIFT_STARTS } from '../../calendar/availability/hours/shift-times.js';
import { FIRST_YEAR, LAST_YEAR } from '../../calendar/time/civil-time.js';
import { parseWhen, type When } from '../../calendar/time/when.js';
import { DocumentedAs } from '../../http/document/documented-as.js';
import { Field, type FieldOptions } from '../../http/fields/field.js';
import { NestedListField } from '../../http/fields/nested-field.js';
import { TextField } from '../../http/fields/text-field.js';
import { MAX_WHEN_LENGTH } from '../../http/fields/when-field.js';
import { MAX_AWAY_REASON_LENGTH } from '../model/availability/valid-availability.js';
import { ShiftTimeField } from './shift-time-field.js';

const YEARS = `in the years ${FIRST_YEAR} to ${LAST_YEAR}`;

const DATE_MESSAGE = `must be a real date (2022-09-06) ${YEARS}`;

const BOUNDARY_MESSAGE = `must be a real date (2022-09-06) or an RFC 3339 instant with an offset or Z, ${YEARS}`;

const DATE_LENGTH = '2022-09-06'.length;

/** A date, without a time. */
function DateField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', format: 'date', maxLength: DATE_LENGTH }, (value) =>
    kindOf(value) === 'date' ? null : DATE_MESSAGE,
  );
}

/** A date, or an instant. */
function BoundaryField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', maxLength: MAX_WHEN_LENGTH }, (value) =>
    ['date', 'instant'].includes(kindOf(value) ?? '') ? null : BOUNDARY_MESSAGE,
  );
}

function kindOf(value: unknown): When['kind'] | undefined {
  return typeof value === 'string' && value.length <= MAX_WHEN_LENGTH ? parseWhen(value)?.kind : undefined;
}

@DocumentedAs('HoursOfDate', 'Hours that begin on a date.')
export class HoursOfDateDto {
  @ShiftTimeField(
    {
      description: 'The time of day at which the hours begin, in the time zone of the user.',
      example: '09:00',
    },
    SHIFT_STARTS,
  )
  from!: string;

  @ShiftTimeField(
    {
      description:
        'The time of day at which the hours end. If it is earlier than `from`, the hours end on the next day. `to` must not equal `from`.',
      example: '12:00',
    },
    SHIFT_ENDS,
  )
  to!: string;
}

@DocumentedAs(
  'AvailabilityOverride',
  'The hours of one date. They replace the rows of the weekly hours that begin on the date. A row that has begun on the day before goes on.',
)
export class AvailabilityOverrideDto {
  @DateField({
    description: 'The date, in the time zone that the user has at present. A list has each date once.',
    example: '2022-12-24',
  })
  date!: string;

  @NestedListField(() => HoursOfDateDto, {
    description: 'The hours that begin on the date. They must not overlap. An empty list: none begin on it.',
    max: MAX_INTERVALS_OF_DATE,
  })
  intervals!: HoursOfDateDto[];
}

@DocumentedAs('NewAway', 'A time in which a user is away, or a room is closed.')
export class NewAwayDto {
  @BoundaryField({
    description:
      'The first day, as a date in the time zone that the user has at present, or the instant at which the time begins.',
    example: '2022-12-24',
  })
  from!: string;

  @BoundaryField({
    description: 'The end, exclusive and after `from`: a date if `from` is a date, otherwise an instant.',
    example: '2023-01-02',
  })
  to!: string;

  @TextField({
    description: 'Why the user is away. Only the user and API keys see it.',
    example: 'Parental leave',
    max: MAX_AWAY_REASON_LENGTH,
    optional: true,
    nullable: true,
  })
  reason?: string | null;
}

@DocumentedAs('Away', 'A time in which a user is away, or a room is closed.')
export class AwayDto {
  @ApiProperty({
    description:
      'The first day, as a date in the time zone of the user, or the instant at which the time begins.',
    example: '2022-12-24',
  })
  from!: string;

  @ApiProperty({
    description: 'The end, exclusive: a date or an instant, as `from` is.',
    example: '2023-01-02',
  })
  to!: string;

  @ApiProperty({
    description: 'Why the user is away; null: no reason is given. Only the user and API keys see it.',
    type: 'string',
    nullable: true,
    required: false,
    example: 'Parental leave',
  })
  reason?: string | null;
}
