import {
  type CivilTime,
  civilDateOf,
  daysInMonth,
  epochDayOfCivil,
  timeOfDay,
  weekdayOf,
} from '../../time/civil-time.js';
import type { Onset } from './zone-onsets.js';

/** An onset that recurs every year without an end. */
export interface YearlyOnset extends Onset {
  /** The value of RRULE. */
  readonly rule: string;
}

/** The onsets that recur every year, by their first, and all others. */
export interface SortedOnsets {
  readonly yearly: readonly YearlyOnset[];
  readonly single: readonly Onset[];
}

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** After so many years each weekday has been on each of the seven days on which a yearly rule puts it. */
const LEAST_YEARS = 28;

/**
 * Finds the onsets that recur every year up to a last year: on one weekday of the same seven days of a month, at one time of
 * day, between the same offsets.
 * @example sortedOnsets(onsetsOf(timeZone('Europe/Berlin'), start, end), 2099).yearly.length // 2
 */
export function sortedOnsets(onsets: readonly Onset[], lastYear: number): SortedOnsets {
  const yearly: YearlyOnset[] = [];
  const single = new Set(onsets);
  for (const kind of groupedBy(onsets, kindOf)) {
    const run = lastRun(kind, lastYear);
    if (run.length < LEAST_YEARS) continue;
    yearly.push({ ...run[0], rule: ruleOf(run) });
    for (const onset of run) single.delete(onset);
  }
  return { yearly, single: [...single] };
}

function kindOf({ civil, from, to }: Onset): string {
  const day = epochDayOfCivil(civil);
  return [from, to, civilDateOf(day).month, weekdayOf(day), timeOfDay(civil)].join();
}

/** The onsets of consecutive years up to the last year, within seven days of the month. */
function lastRun(kind: readonly Onset[], lastYear: number): Onset[] {
  const run: Onset[] = [];
  let [year, least, most] = [lastYear, Infinity, -Infinity];
  for (const onset of kind.toReversed()) {
    const date = civilDateOf(epochDayOfCivil(onset.civil));
    [least, most] = [Math.min(least, date.day), Math.max(most, date.day)];
    if (date.year !== year || most - least >= WEEKDAYS.length) break;
    run.unshift(onset);
    year -= 1;
  }
  return run;
}

function ruleOf(run: readonly Onset[]): string {
  const dates = run.map(({ civil }) => civilDateOf(epochDayOfCivil(civil)));
  const [{ month, year }] = dates;
  const first = Math.min(...dates.map(({ day }) => day));
  const weekday = WEEKDAYS[weekdayOf(epochDayOfCivil(run[0].civil)) - 1];
  const yearly = `FREQ=YEARLY;BYMONTH=${month}`;
  if (first + 6 === daysInMonth(year, month) && month !== FEBRUARY) return `${yearly};BYDAY=-1${weekday}`;
  if (first % 7 === 1) return `${yearly};BYDAY=${(first + 6) / 7}${weekday}`;
  const days = WEEKDAYS.map((_, index) => first + index);
  return `${yearly};BYMONTHDAY=${days.join()};BYDAY=${weekday}`;
}

/** Its length depends on the year. */
const FEBRUARY = 2;

/**
 * The year of a civil time.
 * @example yearOf(0) // 1970
 */
export function yearOf(civil: CivilTime): number {
  return civilDateOf(epochDayOfCivil(civil)).year;
}

/**
 * The onsets that have the same key, in the order of their first.
 * @example groupedBy(onsets, ({ to }) => String(to))
 */
export function groupedBy(onsets: readonly Onset[], keyOf: (onset: Onset) => string): Onset[][] {
  const groups = new Map<string, Onset[]>();
  for (const onset of onsets) {
    const group = groups.get(keyOf(onset));
    if (group === undefined) groups.set(keyOf(onset), [onset]);
    else group.push(onset);
  }
  return [...groups.values()];
}
