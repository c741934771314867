import type { RecurrenceRule, Until } from '../../../calendar/recurrence/rule/recurrence-rule.js';
import { untilInstant } from '../../../calendar/recurrence/rule/until.js';
import { type CivilTime, formatCivilDate } from '../../../calendar/time/civil-time.js';
import { formatInstant } from '../../../calendar/time/instant.js';
import { timeZone } from '../../../calendar/time/time-zone.js';
import {
  repeats,
  type SeriesDatesRecord,
  seriesDates,
} from '../../../scheduling/occurrences/series-record.js';
import { formatEventCivilTime } from '../../model/schedule/event-time-text.js';
import type { RepeatDto, RepeatFrequency } from '../dto/repeat.dto.js';
import { iCalendarRule } from './recurrence-lines.js';

/** The recurrence of an event in the form of requests: in the words of the menu if they suffice, else as a rule. */
export function toRepeatDto(row: SeriesDatesRecord): RepeatDto | null {
  if (!repeats(row)) return null;
  const { rule, rdates, exdates } = seriesDates(row);
  const dates = (civils: readonly CivilTime[]) => civils.map((civil) => formatEventCivilTime(row, civil));
  return {
    ...(rule !== null && wordsOf(rule, row)),
    ...(rdates.length > 0 && { rdates: dates(rdates) }),
    ...(exdates.length > 0 && { exdates: dates(exdates) }),
  };
}

function wordsOf(rule: RecurrenceRule, row: SeriesDatesRecord): RepeatDto {
  const days = dayWords(rule);
  if (days === null) return { rrule: iCalendarRule(row) ?? undefined };
  return {
    frequency: rule.frequency.toLowerCase() as RepeatFrequency,
    ...(rule.interval !== 1 && { interval: rule.interval }),
    ...days,
    ...(rule.until !== null && { until: untilWord(rule.until, row) }),
    ...(rule.count !== null && { count: rule.count }),
  };
}

/** The words for the BY parts; null if the menu has none. */
function dayWords(rule: RecurrenceRule): Omit<RepeatDto, 'frequency'> | null {
  const { frequency, byMonth, byMonthDay, byDay } = rule;
  const beyondTheMenu = [rule.byWeekNo, rule.byYearDay, rule.byHour, rule.byMinute, rule.bySetPos];
  if (beyondTheMenu.some((part) => part.length > 0) || (rule.weekStart !== 1 && rule.interval > 1))
    return null;
  if (byMonth.length > 1 || byMonthDay.length > 1 || (byMonthDay.length > 0 && byDay.length > 0)) return null;
  if (byMonth.length > 0 && frequency !== 'YEARLY') return null;
  if (byMonthDay.length > 0 && frequency !== 'MONTHLY' && frequency !== 'YEARLY') return null;
  const ordinal = byDay[0]?.ordinal ?? null;
  if (byDay.some((day) => day.ordinal !== ordinal) || Math.abs(ordinal ?? 1) > 5) return null;
  // Without a month, a year's weekdays are counted in the year, for which the menu has no word.
  if (frequency === 'YEARLY' && byDay.length > 0 && byMonth.length === 0) return null;
  return {
    ...(byMonth.length > 0 && { month_of_year: byMonth[0] }),
    ...(byMonthDay.length > 0 && { day_of_month: byMonthDay[0] }),
    ...(byDay.length > 0 && { days_of_week: byDay.map(({ weekday }) => weekday) }),
    ...(ordinal !== null && { week_of_month: ordinal }),
  };
}

/** The last day, inclusive; an instant if the rule ends within its last day. */
function untilWord(until: Until, { timeZone: zone, allDay }: SeriesDatesRecord): string {
  return until.form === 'date'
    ? formatCivilDate(until.value)
    : formatInstant(untilInstant(until, timeZone(zone), allDay));
}
