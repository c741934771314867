import type { Interval } from '../../intervals/interval.js';
import type { Availability } from '../availability.js';
import type { BusyInPart } from './busy-in-part.js';

/**
 * Adds the next part of the calendars to the time of each person, as `Availability.extend` does.
 *
 * @example extendAll(everyone, firstWeek, { busy: busyInFirstWeek });
 */
export function extendAll(
  everyone: Iterable<Availability>,
  part: Interval,
  { busy, hidden, held }: BusyInPart,
): void {
  for (const each of everyone) {
    const { id } = each.person;
    each.extend(part, busy.get(id) ?? [], hidden?.get(id), held?.get(id));
  }
}
