import type { Frequency, RecurrenceRule } from '../rule/recurrence-rule.js';
import type { EventSeries } from './event-series.js';

const DAYS_OF_PERIOD: Record<Frequency, number> = { DAILY: 1, WEEKLY: 7, MONTHLY: 30, YEARLY: 365 };

/** A weekday comes so often in a month. */
const MOST_WEEKS_OF_MONTH = 5;

/**
 * About how many occurrences a day the rule of a series yields on average; rather too many than too few. 0 without a
 * rule. Takes no expansion, so that a caller can tell what one will cost.
 *
 * @example occurrencesPerDay(compileSeries({ ...event, rule: parseRecurrenceRule('FREQ=WEEKLY;BYDAY=MO,TU') })); // 2 / 7
 */
export function occurrencesPerDay({ definition: { rule } }: EventSeries): number {
  if (rule === null) return 0;
  const times = Math.max(1, rule.byHour.length) * Math.max(1, rule.byMinute.length);
  return (times * daysOfPeriodChosen(rule)) / (rule.interval * DAYS_OF_PERIOD[rule.frequency]);
}

function daysOfPeriodChosen({
  frequency,
  byDay,
  byMonthDay,
  byMonth,
  byWeekNo,
  byYearDay,
}: RecurrenceRule): number {
  if (frequency === 'DAILY') return 1;
  if (frequency === 'WEEKLY') return Math.max(1, byDay.length);
  const chosen = byDay.length * MOST_WEEKS_OF_MONTH + byMonthDay.length;
  if (frequency === 'MONTHLY') return Math.min(31, Math.max(1, chosen));
  return chosen + byMonth.length + byWeekNo.length + byYearDay.length > 0 ? 366 : 1;
}
