import { FIRST_YEAR, LAST_YEAR } from '../../calendar/time/civil-time.js';
import { parseWhen } from '../../calendar/time/when.js';
import { Field, type FieldOptions } from './field.js';

/** @public Unit tests use it. */
export const WHEN_MESSAGE = `must be a real date (2022-09-06), civil time (2022-09-06T17:16:47) or RFC 3339 instant in the years ${FIRST_YEAR} to ${LAST_YEAR}`;

/** An instant to the second has 25 characters, and its fraction some more. */
export const MAX_WHEN_LENGTH = 64;

function whenFault(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_WHEN_LENGTH && parseWhen(value) !== null
    ? null
    : WHEN_MESSAGE;
}

/** A date, a civil time in the time zone of the body, or an instant. */
export function WhenField(options: FieldOptions): PropertyDecorator {
  return Field(options, { type: 'string', maxLength: MAX_WHEN_LENGTH }, whenFault);
}

/** A list of dates, civil times and instants. */
export function WhenListField({
  max,
  ...options
}: FieldOptions & { readonly max: number }): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'string', maxLength: MAX_WHEN_LENGTH },
    maxItems: max,
  };
  return Field(options, schema, (value) => {
    if (!Array.isArray(value)) return 'must be a list';
    if (value.length > max) return `must hold at most ${max}`;
    return value.some((item) => whenFault(item) !== null) ? `each ${WHEN_MESSAGE}` : null;
  });
}
