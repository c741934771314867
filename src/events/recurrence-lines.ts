import { formatBasicCivilDate, formatBasicCivilTime, parseCivilTime } from '../calendar/civil-time.js';
import type { SeriesRow } from '../scheduling/series.js';

type Recurrence = Pick<SeriesRow, 'allDay' | 'timeZone' | 'start' | 'rrule' | 'rdates' | 'exdates'>;

/** The contract's `rrule`: the DTSTART property, a newline, the rule's value; null without a rule. */
export function rruleText(row: Recurrence): string | null {
  return row.rrule === null ? null : `${dateProperty('DTSTART', row, [row.start])}\n${row.rrule}`;
}

/** The recurrence as content lines of RFC 5545 (§3.8.5): RRULE, RDATE, EXDATE, as far as there are any. */
export function recurrenceLines(row: Recurrence): string[] {
  return [
    ...(row.rrule === null ? [] : [`RRULE:${row.rrule}`]),
    ...(row.rdates.length === 0 ? [] : [dateProperty('RDATE', row, row.rdates)]),
    ...(row.exdates.length === 0 ? [] : [dateProperty('EXDATE', row, row.exdates)]),
  ];
}

/** A property of dates in the event's value type: DATE, UTC, or local with a TZID (RFC 5545 §3.3.5). */
function dateProperty(name: string, row: Recurrence, times: readonly string[]): string {
  const civil = times.map(parseCivilTime);
  if (row.allDay) return `${name};VALUE=DATE:${civil.map(formatBasicCivilDate).join(',')}`;
  const values = civil.map(formatBasicCivilTime);
  return row.timeZone === 'UTC'
    ? `${name}:${values.map((value) => `${value}Z`).join(',')}`
    : `${name};TZID=${row.timeZone}:${values.join(',')}`;
}
