import { type CivilTime, DAY, epochDayOfCivil, type Instant, SECOND } from '../../time/civil-time.js';
import type { TimeZone } from '../../time/time-zone.js';
import type { RecurrenceRule, Until } from './recurrence-rule.js';
import { LAST_CIVIL_TIME, RuleStarts } from './rule-starts.js';

/**
 * The last instant at which UNTIL allows a start, inclusive (RFC 5545 §3.3.10). A date allows the whole day in the zone of
 * the series. In an all-day series only the written date counts, not its time of day.
 * @example untilInstant({ form: 'date', value: parseCivilTime('2022-12-31') }, timeZone('UTC'), false)
 */
export function untilInstant(until: Until, zone: TimeZone, allDay: boolean): Instant {
  if (until.form === 'utc' && !allDay) return until.value;
  const lastSecond = until.form === 'local' && !allDay ? until.value : endOfDay(until.value);
  return zone.toInstant(Math.min(lastSecond, LAST_CIVIL_TIME));
}

/**
 * The rule with UNTIL in civil time, so that a change of the zone does not change it. UNTIL becomes a date if a date
 * allows the same starts. UNTIL becomes a local time only if the rule has starts before and after UNTIL on its day. An UNTIL
 * after the calendar's end becomes the calendar's end.
 * @param start the civil start of the series
 * @example withCivilUntil(parseRecurrenceRule('FREQ=DAILY;UNTIL=20221231T205959Z'), start, timeZone('Europe/Moscow'),
 *   false) // FREQ=DAILY;UNTIL=20221231
 */
export function withCivilUntil(
  rule: RecurrenceRule,
  start: CivilTime,
  zone: TimeZone,
  allDay: boolean,
): RecurrenceRule {
  if (rule.until === null) return rule;
  if (allDay || rule.until.form === 'date') return { ...rule, until: dateUntil(rule.until.value) };
  const last = Math.min(untilInstant(rule.until, zone, allDay), zone.toInstant(LAST_CIVIL_TIME));
  const civil = zone.toCivil(last);
  const day = startOfDay(civil);
  const starts = new RuleStarts({ ...rule, count: null, until: null }, start);
  // A gap at midnight moves starts of the day before into this day.
  const near = starts.within(day - DAY, endOfDay(day));
  const allowed = near.filter((candidate) => zone.toInstant(candidate) <= last);
  if (allowed.length === near.length) return { ...rule, until: dateUntil(day) };
  const isMoved = near.some((candidate) => candidate < day && !allowed.includes(candidate));
  const isInDay = allowed.some((candidate) => candidate >= day);
  const dayBefore = dateUntil(day - DAY);
  // A zone that skips the day before ends it within this day.
  const isSkipped = !isInDay && untilInstant(dayBefore, zone, false) > last;
  if (isMoved || isSkipped) {
    const value = allowed.at(-1);
    return { ...rule, until: value === undefined ? dateUntil(day - 2 * DAY) : { form: 'local', value } };
  }
  if (!isInDay) return { ...rule, until: dayBefore };
  // In the second pass of a repeated hour, the same civil time means the first pass.
  const value = zone.toInstant(civil) === last ? civil : Math.max(...allowed);
  return { ...rule, until: { form: 'local', value } };
}

/**
 * UNTIL in the form that RFC 5545 §3.3.10 requires for its DTSTART: a date in an all-day series, UTC in any other.
 * @example iCalendarUntil({ form: 'date', value: parseCivilTime('2022-12-31') }, timeZone('Europe/Moscow'), false)
 */
export function iCalendarUntil(until: Until, zone: TimeZone, allDay: boolean): Until {
  if (allDay) return dateUntil(until.value);
  return { form: 'utc', value: Math.min(untilInstant(until, zone, allDay), LAST_CIVIL_TIME) };
}

function dateUntil(civil: CivilTime): Until {
  return { form: 'date', value: startOfDay(Math.min(civil, LAST_CIVIL_TIME)) };
}

function startOfDay(civil: CivilTime): CivilTime {
  return epochDayOfCivil(civil) * DAY;
}

function endOfDay(civil: CivilTime): CivilTime {
  return startOfDay(civil) + DAY - SECOND;
}
