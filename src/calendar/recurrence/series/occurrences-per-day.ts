import type { Frequency, RecurrenceRule } from '../rule/recurrence-rule.js';
import { MAX_DAYS_IN_MONTH, MAX_DAYS_IN_YEAR, MAX_WEEKDAYS_IN_MONTH } from '../rule/rule-limits.js';
import type { EventSeries } from './event-series.js';

const DAYS_OF_PERIOD: Record<Frequency, number> = { DAILY: 1, WEEKLY: 7, MONTHLY: 30, YEARLY: 365 };

/**
 * An estimate of how many occurrences the rule of a series yields per day, on average; 0 without a rule. The estimate
 * may be too high, but not too low. The function expands nothing, so a caller can estimate the cost of an expansion.
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
  const chosen = byDay.length * MAX_WEEKDAYS_IN_MONTH + byMonthDay.length;
  if (frequency === 'MONTHLY') return Math.min(MAX_DAYS_IN_MONTH, Math.max(1, chosen));
  return chosen + byMonth.length + byWeekNo.length + byYearDay.length > 0 ? MAX_DAYS_IN_YEAR : 1;
}
