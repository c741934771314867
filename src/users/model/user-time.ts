import { parseWorkingHours, type WorkingHours } from '../../calendar/availability/working-hours.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { atField } from '../../errors/domain-error.js';
import { isoWeekdays } from '../../http/fields/weekdays-field.js';
import type { WorkingHoursDto } from '../rest/working-hours.dto.js';
import type { WorkingHoursRow } from '../store/user.entity.js';
import type { CalendarOwner } from './calendar-owner.js';

/** The name of a zone as the IANA database spells it. */
export function keptTimeZone(name: string): string {
  return timeZone(name).name;
}

/**
 * Working hours as they are kept: checked, days sorted; null for none, which means any time.
 * @throws {DomainError} invalid, naming `working_hours`
 */
export function keptWorkingHours(rows: readonly WorkingHoursDto[] | null): WorkingHoursRow[] | null {
  if (rows === null || rows.length === 0) return null;
  const workingHours = rows.map((row) => ({ ...row, days_of_week: isoWeekdays(row.days_of_week) }));
  atField('working_hours', () => workingHoursOf({ workingHours }));
  return workingHours;
}

/** The core's view of a user's working hours; null: any time. */
export function workingHoursOf({ workingHours }: Pick<CalendarOwner, 'workingHours'>): WorkingHours | null {
  return (
    workingHours &&
    parseWorkingHours(
      workingHours.map(({ days_of_week, from, to }) => ({ daysOfWeek: days_of_week, from, to })),
    )
  );
}
