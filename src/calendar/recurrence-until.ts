import { type CivilTime, DAY, epochDayOfCivil, type Instant, SECOND } from './civil-time.js';
import type { RecurrenceRule, Until } from './recurrence-rule.js';
import { LAST_CIVIL_TIME } from './rule-starts.js';
import type { TimeZone } from './time-zone.js';

/**
 * The last instant that UNTIL lets through, whatever form it came in: a date stands for the whole of that day in
 * the series' zone. An all-day series knows dates alone, so of a time only the date as written counts.
 * @example untilInstant({ form: 'date', value: parseCivilTime('2022-12-31') }, timeZone('UTC'), false)
 */
export function untilInstant(until: Until, zone: TimeZone, allDay: boolean): Instant {
  if (until.form === 'utc' && !allDay) return until.value;
  const lastSecond = until.form === 'local' && !allDay ? until.value : endOfDay(until.value);
  return zone.toInstant(Math.min(lastSecond, LAST_CIVIL_TIME));
}

/**
 * The rule with UNTIL in the form that RFC 5545 §3.3.10 demands beside its DTSTART: a date for an all-day series, else
 * UTC. An UNTIL beyond the calendar's end becomes the calendar's end.
 * @example canonicalRule(parseRecurrenceRule('FREQ=DAILY;UNTIL=20221231'), timeZone('Europe/Moscow'), false)
 */
export function canonicalRule(rule: RecurrenceRule, zone: TimeZone, allDay: boolean): RecurrenceRule {
  if (rule.until === null) return rule;
  if (allDay)
    return {
      ...rule,
      until: { form: 'date', value: startOfDay(Math.min(rule.until.value, LAST_CIVIL_TIME)) },
    };
  const latest = Math.min(untilInstant(rule.until, zone, allDay), zone.toInstant(LAST_CIVIL_TIME));
  return { ...rule, until: { form: 'utc', value: Math.min(latest, LAST_CIVIL_TIME) } };
}

function startOfDay(civil: CivilTime): CivilTime {
  return epochDayOfCivil(civil) * DAY;
}

function endOfDay(civil: CivilTime): CivilTime {
  return startOfDay(civil) + DAY - SECOND;
}
