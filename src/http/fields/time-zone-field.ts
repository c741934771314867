import { MAX_TIME_ZONE_NAME_LENGTH } from '../../calendar/time/names/time-zone-name.js';
import { isTimeZone } from '../../calendar/time/time-zone.js';
import { Field, type FieldOptions } from './field.js';

/** An IANA time zone name. */
export function TimeZoneField(options: FieldOptions): PropertyDecorator {
  return Field(
    { example: 'Europe/Moscow', ...options },
    { type: 'string', maxLength: MAX_TIME_ZONE_NAME_LENGTH },
    (value) =>
      typeof value === 'string' && isTimeZone(value)
        ? null
        : 'must be an IANA time zone name such as Europe/Moscow',
  );
}
