import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { FIRST_YEAR, LAST_YEAR } from '../../calendar/time/civil-time.js';
import { parseInstant } from '../../calendar/time/instant.js';
import { Field, type FieldOptions } from './field.js';

export const INSTANT_MESSAGE = `must be an RFC 3339 instant with an offset or Z, in the years ${FIRST_YEAR} to ${LAST_YEAR}`;

/** An instant in a body. */
export function InstantField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', format: 'date-time' }, instantFault);
}

/**
 * An instant in a query string. An unescaped `+` of an offset arrives as a space and is put back, since people type
 * `from=2022-09-06T00:00:00+03:00`.
 */
export function QueryInstantField(options: FieldOptions): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => (typeof value === 'string' ? value.replace(/ (\d{2}:\d{2})$/, '+$1') : value)),
    InstantField(options),
  );
}

function instantFault(value: unknown): string | null {
  return typeof value === 'string' && parseInstant(value) !== null ? null : INSTANT_MESSAGE;
}
