import { awayTime } from '../../calendar/availability/hours/away.js';
import { type DateHours, parseDateHours } from '../../calendar/availability/hours/date-hours.js';
import { ANY_TIME, parseWorkingHours, type WorkingHours } from '../../calendar/availability/working-hours.js';
import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { atField } from '../../errors/domain-error.js';
import type { CalendarOwner, OwnerOfHours } from './calendar-owner.js';
import type { WorkingHoursRow } from './user-record.js';

/** The name of a zone as the IANA database spells it. */
export function canonicalTimeZone(name: string): string {
  return timeZone(name).name;
}

/**
 * Working hours as the service keeps them. No rows become null, which means any time.
 * @throws {DomainError} invalid, naming `workingHours`
 */
export function validWorkingHours(
  rows: readonly WorkingHoursRow[] | null,
): readonly WorkingHoursRow[] | null {
  if (rows === null || rows.length === 0) return null;
  atField('workingHours', () => parseWorkingHours(rows));
  return rows;
}

/** The core's view of a user's working hours, those of dates included; null: any time. */
export function workingHoursOf({
  workingHours,
  availabilityOverrides,
}: Pick<OwnerOfHours, 'workingHours' | 'availabilityOverrides'>): WorkingHours | null {
  const weekly = workingHours && parseWorkingHours(workingHours);
  if (availabilityOverrides.length === 0) return weekly;
  return [...(weekly ?? ANY_TIME), ...dateHoursOf(availabilityOverrides)];
}

/** The time in which the user is away, in the user's present zone. */
export function awayTimeOf({ away, timeZone: zone }: Pick<CalendarOwner, 'away' | 'timeZone'>): IntervalSet {
  return away.length === 0 ? [] : awayTime(away, timeZone(zone));
}

/** Of rows that a cache keeps. A search reads them once for each of its users. */
const parsedDates = new WeakMap<OwnerOfHours['availabilityOverrides'], readonly DateHours[]>();

function dateHoursOf(rows: OwnerOfHours['availabilityOverrides']): readonly DateHours[] {
  const known = parsedDates.get(rows) ?? parseDateHours(rows);
  parsedDates.set(rows, known);
  return known;
}
