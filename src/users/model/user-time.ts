import { parseWorkingHours, type WorkingHours } from '../../calendar/availability/working-hours.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { atField } from '../../errors/domain-error.js';
import type { CalendarOwner } from './calendar-owner.js';
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
  atField('workingHours', () => workingHoursOf({ workingHours: rows }));
  return rows;
}

/** The core's view of a user's working hours; null: any time. */
export function workingHoursOf({ workingHours }: Pick<CalendarOwner, 'workingHours'>): WorkingHours | null {
  return workingHours && parseWorkingHours(workingHours);
}
