import { formatBasicCivilDate, formatBasicCivilTime, parseCivilTime } from '../calendar/civil-time.js';
import { formatRecurrenceRule } from '../calendar/recurrence-rule.js';
import { withICalendarUntil } from '../calendar/recurrence-until.js';
import { timeZone } from '../calendar/time-zone.js';
import { ruleOf, type SeriesRow } from '../scheduling/series.js';

type Recurrence = Pick<SeriesRow, 'allDay' | 'timeZone' | 'start' | 'rrule' | 'rdates' | 'exdates'>;

/** The contract's `rrule`: the DTSTART property, a newline, the rule's value; null without a rule. */
export function rruleText(row: Recurrence): string | null {
  const rule = iCalendarRule(row);
  return rule === null ? null : `${dateProperty('DTSTART', row, [row.start])}\n${rule}`;
}

/** The value of RRULE, with UNTIL in the form that RFC 5545 §3.3.10 requires; null without a rule. */
export function iCalendarRule(row: Recurrence): string | null {
  // Only UNTIL is stored in another form, and parsing a rule is most of the cost of a list.
  if (!row.rrule?.includes('UNTIL=')) return row.rrule;
  const rule = ruleOf(row);
  return rule && formatRecurrenceRule(withICalendarUntil(rule, timeZone(row.timeZone), row.allDay));
}

/** The recurrence as content lines of RFC 5545 (§3.8.5): RRULE, RDATE, EXDATE, as far as there are any. */
export function recurrenceLines(row: Recurrence): string[] {
  const rule = iCalendarRule(row);
  return [
    ...(rule === null ? [] : [`RRULE:${rule}`]),
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
