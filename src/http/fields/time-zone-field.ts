import { isTimeZone } from '../../calendar/time/time-zone.js';
import { Field, type FieldOptions } from './field.js';

/** An IANA time zone name. */
export function TimeZoneField(options: FieldOptions): PropertyDecorator {
  return Field({ example: 'Europe/Moscow', ...options }, { type: 'string', maxLength: 64 }, (value) =>
    typeof value === 'string' && value.length <= 64 && isTimeZone(value)
      ? null
      : 'must be an IANA time zone name such as Europe/Moscow',
  );
}
