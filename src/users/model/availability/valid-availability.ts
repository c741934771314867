import { awayFaults, canonicalAway } from '../../../calendar/availability/hours/away.js';
import { dateHoursFaults } from '../../../calendar/availability/hours/date-hours.js';
import { type FieldError, refuseFaults } from '../../../errors/domain-error.js';
import { textFault } from '../../../platform/values/text-fault.js';
import type { AvailabilityOverrideRow, AwayRow } from '../user-record.js';

/** UTF-16 code units: a line. */
export const MAX_AWAY_REASON_LENGTH = 200;

/**
 * The hours of dates as the service keeps them: by date.
 * @throws {DomainError} invalid, naming each field, such as `availabilityOverrides.0.date`
 */
export function validOverrides(rows: readonly AvailabilityOverrideRow[]): readonly AvailabilityOverrideRow[] {
  refuseFaults(within('availabilityOverrides', dateHoursFaults(rows)));
  return rows.toSorted((a, b) => (a.date < b.date ? -1 : 1));
}

/**
 * Times away as the service keeps them: instants in UTC.
 * @throws {DomainError} invalid, naming each field, such as `away.1.to`
 */
export function validAway(rows: readonly AwayRow[]): readonly AwayRow[] {
  refuseFaults(within('away', [...awayFaults(rows), ...reasonFaults(rows)]));
  return rows.map((row) => ({ ...canonicalAway(row), reason: row.reason }));
}

function reasonFaults(away: readonly AwayRow[]): FieldError[] {
  return away.flatMap(({ reason }, index) => {
    const fault = reason === null ? null : textFault(reason, 1, MAX_AWAY_REASON_LENGTH);
    return fault === null ? [] : [{ field: `${index}.reason`, message: fault }];
  });
}

function within(list: string, faults: readonly FieldError[]): FieldError[] {
  return faults.map(({ field, message }) => ({ field: field === '' ? list : `${list}.${field}`, message }));
}
