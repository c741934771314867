import {
  type CivilTime,
  DAY,
  epochDayOfCivil,
  MINUTE,
  weekdayOf,
} from '../../../src/calendar/time/civil-time.js';
import type { Draw } from './draw.js';
import type { Rule } from './rule.js';

const MINUTES = [
  [15, 10],
  [30, 40],
  [45, 12],
  [60, 30],
  [90, 8],
] as const;
const DAYS_LONG = [
  [1, 80],
  [2, 12],
  [5, 8],
] as const;

export interface EventTimes {
  /** All-day events float: they take the days of each attendee, in the attendee's own zone. */
  readonly allDay: boolean;
  readonly start: CivilTime;
  /** Minutes; days of an all-day event. */
  readonly length: number;
  readonly rule: Rule | null;
  readonly busy: boolean;
}

/** 70 % single events, 20 % weekly series that do not end, 7 % short series, 3 % monthly or yearly ones. */
export function timesOf(draw: Draw, anchor: number): EventTimes {
  const kind = draw.int(1, 100);
  if (kind <= 70) return draw.chance(0.03) ? daysOf(draw, anchor) : singleTimes(draw, anchor);
  if (kind <= 90) return weeklyTimes(draw, anchor);
  if (kind <= 97) return { ...singleTimes(draw, anchor), rule: shortRule(draw) };
  return sparseTimes(draw, anchor);
}

export function singleTimes(draw: Draw, anchor: number): EventTimes {
  return timesBetween(draw, anchor, -728, 728);
}

function daysOf(draw: Draw, anchor: number): EventTimes {
  const { start } = singleTimes(draw, anchor);
  return { ...allDay(start), length: draw.weighted(DAYS_LONG), busy: draw.chance(0.25) };
}

function weeklyTimes(draw: Draw, anchor: number): EventTimes {
  const times = draw.chance(0.25)
    ? timesBetween(draw, anchor, -1120, -1070)
    : timesBetween(draw, anchor, -728, 728);
  const own = weekdayOf(epochDayOfCivil(times.start));
  const others = [1, 2, 3, 4, 5].filter((day) => day !== own);
  const more = draw.weighted([
    [0, 60],
    [1, 25],
    [2, 15],
  ]);
  const days = [own, ...draw.sample(others, more)].toSorted((a, b) => a - b);
  return { ...times, rule: { frequency: 'WEEKLY', interval: draw.chance(0.1) ? 2 : 1, days, count: null } };
}

function shortRule(draw: Draw): Rule {
  return draw.chance(0.5)
    ? { frequency: 'DAILY', count: draw.int(3, 10) }
    : { frequency: 'WEEKLY', interval: 1, days: [1, 2, 3, 4, 5], count: 5 * draw.int(1, 6) };
}

/** Every month has the first 28 days, and each weekday four times. */
function sparseTimes(draw: Draw, anchor: number): EventTimes {
  const times = timesBetween(draw, anchor, -1090, 360);
  const late = new Date(times.start).getUTCDate() - 28;
  const start = late > 0 ? times.start - 7 * DAY : times.start;
  if (draw.chance(0.6))
    return { ...times, start, rule: { frequency: 'MONTHLY', byWeekday: draw.chance(0.5) } };
  const rule = { frequency: 'YEARLY' } as const;
  return draw.chance(0.5) ? { ...allDay(start), length: 1, busy: false, rule } : { ...times, start, rule };
}

/** A busy event within office hours on a weekday. @param least in days after the anchor, as `most` */
function timesBetween(draw: Draw, anchor: number, least: number, most: number): EventTimes {
  const day = anchor / DAY + draw.int(least, most);
  const weekday = day - Math.max(0, weekdayOf(day) - 5);
  return {
    allDay: false,
    start: weekday * DAY + (9 * 60 + 15 * draw.int(0, 34)) * MINUTE,
    length: draw.weighted(MINUTES),
    rule: null,
    busy: true,
  };
}

function allDay(start: CivilTime): Pick<EventTimes, 'allDay' | 'start' | 'rule'> {
  return { allDay: true, start: epochDayOfCivil(start) * DAY, rule: null };
}
