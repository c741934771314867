import {
  type CivilTime,
  civilDateOf,
  type EpochDay,
  epochDayOfCivil,
  type Weekday,
  weekdayOf,
} from '../../../src/calendar/time/civil-time.js';

/** The rules of the data set, a few shapes of RFC 5545. The start of an event is the first date of its rule. */
export type Rule =
  | { readonly frequency: 'DAILY'; readonly count: number }
  | {
      readonly frequency: 'WEEKLY';
      readonly interval: number;
      readonly days: readonly Weekday[];
      readonly count: number | null;
    }
  /** On the date of the start, or on the same weekday of the same week of the month. */
  | { readonly frequency: 'MONTHLY'; readonly byWeekday: boolean }
  | { readonly frequency: 'YEARLY' };

const DAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Writes a rule as an RRULE. */
export function rruleOf(rule: Rule, start: CivilTime): string {
  switch (rule.frequency) {
    case 'DAILY':
      return `FREQ=DAILY;COUNT=${rule.count}`;
    case 'WEEKLY': {
      const days = rule.days.map((day) => DAYS[day - 1]).join(',');
      const interval = rule.interval === 1 ? '' : `;INTERVAL=${rule.interval}`;
      return `FREQ=WEEKLY${interval};BYDAY=${days}${rule.count === null ? '' : `;COUNT=${rule.count}`}`;
    }
    default: {
      const day = epochDayOfCivil(start);
      const byWeekday = rule.frequency === 'MONTHLY' && rule.byWeekday;
      return `FREQ=${rule.frequency}${byWeekday ? `;BYDAY=${weekOfMonth(day)}${DAYS[weekdayOf(day) - 1]}` : ''}`;
    }
  }
}

/**
 * Finds the dates of a rule, day by day, up to the last day. It shares no code with the recurrence engine of the service,
 * so that a comparison of the two finds errors.
 */
export function datesOf(rule: Rule, first: EpochDay, last: EpochDay): EpochDay[] {
  const most = ('count' in rule ? rule.count : null) ?? Infinity;
  const dates: EpochDay[] = [];
  for (let day = first; day <= last && dates.length < most; day += 1)
    if (matches(rule, first, day)) dates.push(day);
  return dates;
}

function matches(rule: Rule, first: EpochDay, day: EpochDay): boolean {
  switch (rule.frequency) {
    case 'DAILY':
      return true;
    case 'WEEKLY': {
      const weeks = (day - weekdayOf(day) - (first - weekdayOf(first))) / 7;
      return weeks % rule.interval === 0 && rule.days.includes(weekdayOf(day));
    }
    case 'MONTHLY':
      return rule.byWeekday
        ? weekdayOf(day) === weekdayOf(first) && weekOfMonth(day) === weekOfMonth(first)
        : civilDateOf(day).day === civilDateOf(first).day;
    default: {
      const [date, firstDate] = [civilDateOf(day), civilDateOf(first)];
      return date.day === firstDate.day && date.month === firstDate.month;
    }
  }
}

function weekOfMonth(day: EpochDay): number {
  return Math.ceil(civilDateOf(day).day / 7);
}
