import { Field, type FieldOptions } from './field.js';

/** ISO weekdays, 1 Monday to 7 Sunday; 0 also means Sunday. */
export function WeekdaysField(options: FieldOptions): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'integer', minimum: 0, maximum: 7 },
    minItems: 1,
    maxItems: 7,
  };
  return Field(options, schema, (value) =>
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= 7 &&
    value.every((day) => Number.isInteger(day) && day >= 0 && day <= 7)
      ? null
      : 'must list one to seven weekdays, 1 Monday to 7 Sunday',
  );
}

/** The weekdays as ISO numbers, sorted, each once. */
export function isoWeekdays(days: readonly number[]): number[] {
  return [...new Set(days.map((day) => (day === 0 ? 7 : day)))].toSorted((a, b) => a - b);
}
