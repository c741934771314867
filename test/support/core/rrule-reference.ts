// Node loads the CommonJS build of rrule, whose names it cannot see: only the default import works.
// oxlint-disable import/default, import/no-named-as-default-member
import rrule from 'rrule';
import type { RecurrenceRule } from '../../../src/calendar/recurrence/rule/recurrence-rule.js';
import { formatRecurrenceRule } from '../../../src/calendar/recurrence/rule/rule-text.js';
import { civilDateOf, civilTimeOf, DAY, weekdayOf } from '../../../src/calendar/time/civil-time.js';

const { RRule } = rrule;

/**
 * The starts that `rrule` yields in `[from, to]` for a rule without COUNT or UNTIL in floating time, its DTSTART moved to the
 * beginning of the last period that INTERVAL keeps and that ends before `from`, since it walks every period from
 * there.
 */
export function rruleStarts(rule: RecurrenceRule, start: number, from: number, to: number): number[] {
  const anchor = fastForwarded(rule, start, from);
  const options = RRule.parseString(formatRecurrenceRule(completed(rule, start)));
  return new RRule({ ...options, dtstart: new Date(anchor) }, true)
    .between(new Date(from), new Date(to), true)
    .map((date) => date.getTime())
    .filter((civil) => civil >= start);
}

/** The rule with the parts that it would take from DTSTART written out, so that DTSTART may move. */
function completed(rule: RecurrenceRule, start: number): RecurrenceRule {
  const { month, day } = civilDateOf(Math.floor(start / DAY));
  const namesDays = rule.byDay.length + rule.byMonthDay.length + rule.byYearDay.length > 0;
  if (namesDays || rule.frequency === 'DAILY') return rule;
  if (rule.frequency === 'WEEKLY')
    return { ...rule, byDay: [{ weekday: weekdayOf(Math.floor(start / DAY)), ordinal: null }] };
  const byMonth = rule.frequency === 'YEARLY' && rule.byMonth.length === 0 ? [month] : rule.byMonth;
  return { ...rule, byMonthDay: [day], byMonth };
}

function fastForwarded(rule: RecurrenceRule, start: number, from: number): number {
  const day = Math.floor(start / DAY);
  const time = start - day * DAY;
  const { year, month } = civilDateOf(day);
  const [now, past] = [
    Math.floor(from / DAY),
    (periods: number) => Math.max(0, Math.floor(periods / rule.interval) - 1),
  ];
  if (rule.frequency === 'DAILY') return (day + past(now - day) * rule.interval) * DAY + time;
  if (rule.frequency === 'WEEKLY') {
    const week = day - ((weekdayOf(day) - rule.weekStart + 7) % 7);
    return (week + 7 * past(Math.floor((now - week) / 7)) * rule.interval) * DAY + time;
  }
  const then = civilDateOf(now);
  if (rule.frequency === 'YEARLY')
    return civilTimeOf(year + past(then.year - year) * rule.interval, 1, 1) + time;
  const months = year * 12 + month - 1 + past((then.year - year) * 12 + then.month - month) * rule.interval;
  return civilTimeOf(Math.floor(months / 12), (months % 12) + 1, 1) + time;
}

/** Where `rrule` 2.8.1 is wrong, each with its reason. */
export const RRULE_BUGS: readonly { readonly reason: string; applies(rule: RecurrenceRule): boolean }[] = [
  {
    reason: 'two positions of BYSETPOS that choose the same occurrence yield it twice',
    applies: ({ bySetPos }) =>
      bySetPos.some((position) => position > 0) && bySetPos.some((position) => position < 0),
  },
  {
    reason: 'a position of BYSETPOS before the first of its set chooses the first',
    applies: ({ bySetPos }) => bySetPos.some((position) => position < -1),
  },
  {
    reason: 'BYDAY with and without ordinals yields what is in both, not in either',
    applies: ({ byDay }) =>
      byDay.some(({ ordinal }) => ordinal === null) && byDay.some(({ ordinal }) => ordinal !== null),
  },
  {
    reason:
      "the first week of the next year, counted from that year's end, is not found in the last days of December",
    applies: ({ byWeekNo }) => byWeekNo.some((number) => number <= -52),
  },
  {
    reason: 'whether the days before week 1 belong to week 52 or 53 of the year before is miscounted',
    applies: ({ byWeekNo }) => byWeekNo.some((number) => number >= 52),
  },
];
