import { formatRecurrenceRule } from '../../../calendar/recurrence/rule/rule-text.js';
import { iCalendarUntil } from '../../../calendar/recurrence/rule/until.js';
import {
  type CivilTime,
  formatBasicCivilDate,
  formatBasicCivilTime,
  isSecondPass,
  parseCivilTime,
} from '../../../calendar/time/civil-time.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import { civilTimesFrom } from '../../../scheduling/occurrences/second-passes.js';
import type { SeriesDatesRecord } from '../../../scheduling/occurrences/series-record.js';

/** The field `rrule`: the DTSTART property, a newline, the value of the rule; null without a rule. */
export function rruleText(row: SeriesDatesRecord): string | null {
  const rule = iCalendarRule(row);
  return rule === null ? null : `${dateProperty('DTSTART', row, [parseCivilTime(row.start)])}\n${rule}`;
}

/** The value of RRULE, with UNTIL in the form that RFC 5545 §3.3.10 requires; null without a rule. */
export function iCalendarRule({ rule: written, allDay, timeZone: zone }: SeriesDatesRecord): string | null {
  if (written === null) return null;
  // A stored text is canonical, so that only the form of UNTIL may have to change.
  if (allDay || !written.text.includes('UNTIL=')) return written.text;
  const { rule } = written;
  return formatRecurrenceRule({
    ...rule,
    until: rule.until && iCalendarUntil(rule.until, timeZone(zone), allDay),
  });
}

/** The recurrence as content lines of RFC 5545 (§3.8.5): RRULE, RDATE, EXDATE, each only if the event has it. */
export function recurrenceLines(row: SeriesDatesRecord): string[] {
  const rule = iCalendarRule(row);
  return [
    ...(rule === null ? [] : [`RRULE:${rule}`]),
    ...dateLines('RDATE', row, civilTimesFrom(row.rdates, row.secondPasses?.rdates)),
    ...dateLines('EXDATE', row, civilTimesFrom(row.exdates, row.secondPasses?.exdates)),
  ];
}

/** The lines of one property. A local time names the first pass of a repeated hour, so the second is written in UTC. */
function dateLines(name: string, row: SeriesDatesRecord, dates: readonly CivilTime[]): string[] {
  const local = dates.filter((civil) => !isSecondPass(civil));
  const later = dates.filter(isSecondPass).map((civil) => timeZone(row.timeZone).toInstant(civil));
  return [
    ...(local.length === 0 ? [] : [dateProperty(name, row, local)]),
    ...(later.length === 0 ? [] : [`${name}:${later.map((at) => `${formatBasicCivilTime(at)}Z`).join(',')}`]),
  ];
}

/** A property of dates in the event's value type: DATE, UTC, or local with a TZID (RFC 5545 §3.3.5). */
function dateProperty(name: string, row: SeriesDatesRecord, civil: readonly CivilTime[]): string {
  if (row.allDay) return `${name};VALUE=DATE:${civil.map(formatBasicCivilDate).join(',')}`;
  const values = civil.map(formatBasicCivilTime);
  return row.timeZone === 'UTC'
    ? `${name}:${values.map((value) => `${value}Z`).join(',')}`
    : `${name};TZID=${row.timeZone}:${values.join(',')}`;
}
