import { DAYS_IN_WEEK, isWeekday, SUNDAY_AS_ZERO } from '../../calendar/weekday.js';
import { Field, type FieldOptions } from './field.js';

/** A list of weekdays, which `isoWeekdays` reads: 1 Monday to 7 Sunday; 0 also means Sunday. */
export function WeekdaysField(options: FieldOptions): PropertyDecorator {
  const schema = {
    type: 'array' as const,
    items: { type: 'integer', minimum: SUNDAY_AS_ZERO, maximum: DAYS_IN_WEEK },
    minItems: 1,
    maxItems: DAYS_IN_WEEK,
  };
  return Field(options, schema, (value) =>
    Array.isArray(value) &&
    value.length >= 1 &&
    value.length <= DAYS_IN_WEEK &&
    value.every((day) => day === SUNDAY_AS_ZERO || isWeekday(day))
      ? null
      : 'must list one to seven weekdays, 1 Monday to 7 Sunday',
  );
}
