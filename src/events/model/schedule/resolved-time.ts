import { timeZone } from '../../../calendar/time/time-zone.js';
import type { When } from '../../../calendar/time/when.js';
import { invalidInput } from '../../../errors/domain-error.js';
import type { TimeForm } from './event-times.js';
import type { Schedule } from './schedule.js';

/**
 * The civil time and the instant of `when` in the zone of a schedule. An all-day schedule takes dates alone, any other
 * takes none.
 * @throws {DomainError} invalid, naming `field`
 */
export function resolveTime(
  field: string,
  when: When,
  { allDay, timeZone: name }: TimeForm,
): Pick<Schedule, 'start' | 'startAt'> {
  const zone = timeZone(name);
  if (allDay !== (when.kind === 'date')) {
    const message = allDay
      ? 'must be a date, since the event is all-day'
      : 'must have a time of day, unless `allDay` is true';
    throw invalidInput({ field, message });
  }
  if (when.kind === 'instant') return { start: zone.toExactCivil(when.instant), startAt: when.instant };
  return { start: when.civil, startAt: zone.toInstant(when.civil) };
}
