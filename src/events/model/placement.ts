import { timeZone } from '../../calendar/time/time-zone.js';
import { invalidInput } from '../../errors/domain-error.js';
import { parseWhen } from '../../http/values/when.js';
import type { Schedule } from './schedule.js';

/**
 * The civil time and the instant of what a client wrote at `field`, in the event's zone.
 * @throws {DomainError} invalid, naming the field
 */
export function place(
  field: string,
  text: string,
  { allDay, timeZone: name }: Pick<Schedule, 'allDay' | 'timeZone'>,
): Pick<Schedule, 'start' | 'startAt'> {
  const zone = timeZone(name);
  const when = parseWhen(text);
  if (when === null) throw invalidInput({ field, message: 'is not a time' });
  if (allDay !== (when.kind === 'date')) {
    const message = allDay
      ? 'must be a date, since it is all-day'
      : 'must have a time of day, unless all_day is true';
    throw invalidInput({ field, message });
  }
  if (when.kind === 'instant') return { start: zone.toExactCivil(when.instant), startAt: when.instant };
  return { start: when.civil, startAt: zone.toInstant(when.civil) };
}
