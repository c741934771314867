import type { RecurrenceRule, Until } from '../../recurrence/rule/recurrence-rule.js';
import { formatRecurrenceRule, parseRecurrenceRule } from '../../recurrence/rule/rule-text.js';
import { iCalendarUntil, withCivilUntil } from '../../recurrence/rule/until.js';
import { DAY, SECOND, timeOfDay } from '../../time/civil-time.js';
import { timeZone } from '../../time/time-zone.js';
import type { ContentLine } from '../model/content-line.js';
import type { TimeFields } from './time-fields.js';

type RuleTimes = Pick<TimeFields, 'allDay' | 'timeZone' | 'start' | 'floats'>;

/** Parts that name the time of day. The start of an all-day event has none. */
const TIME_PARTS = new Set(['BYHOUR', 'BYMINUTE', 'BYSECOND']);

/**
 * The rule of a value of RRULE, with UNTIL in civil time. Spaces, empty parts, and parts without a meaning are dropped:
 * times of day of an all-day event, and a BYSECOND that names the second of the start.
 * @throws CalendarError all errors of `parseRecurrenceRule`
 * @example ruleOfValue('FREQ=DAILY;', times).frequency // 'DAILY'
 */
export function ruleOfValue(value: string, { allDay, timeZone: zone, start }: RuleTimes): RecurrenceRule {
  const second = (timeOfDay(start) / SECOND) % 60;
  const parts = value
    .toUpperCase()
    .replaceAll(/\s/g, '')
    .split(';')
    .filter(
      (part) =>
        part !== '' && !(allDay && TIME_PARTS.has(part.split('=')[0])) && part !== `BYSECOND=${second}`,
    );
  return withCivilUntil(parseRecurrenceRule(parts.join(';')), start, timeZone(zone), allDay);
}

/**
 * RRULE of a rule. UNTIL has the form that RFC 5545 §3.3.10 requires for the form of DTSTART.
 * @example ruleLine(rule, times).value // 'FREQ=DAILY'
 */
export function ruleLine(
  rule: RecurrenceRule,
  { allDay, timeZone: zone, floats }: Omit<RuleTimes, 'start'>,
): ContentLine {
  const until =
    rule.until &&
    (floats && !allDay ? localUntil(rule.until) : iCalendarUntil(rule.until, timeZone(zone), allDay));
  return { name: 'RRULE', parameters: [], value: formatRecurrenceRule({ ...rule, until }) };
}

function localUntil(until: Until): Until {
  return until.form === 'date' ? { form: 'local', value: until.value + DAY - SECOND } : until;
}
