import type { ShiftTimes } from '../../calendar/availability/hours/shift-times.js';
import { Field, type FieldOptions } from '../../http/fields/field.js';

/** A time of day such as `09:00`. */
export function ShiftTimeField(
  options: FieldOptions,
  { pattern, first, last }: ShiftTimes,
): PropertyDecorator {
  return Field(options, { type: 'string', pattern: pattern.source }, (value) =>
    typeof value === 'string' && pattern.test(value)
      ? null
      : `must be a time of day from ${first} to ${last}`,
  );
}
