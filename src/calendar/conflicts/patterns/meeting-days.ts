import { DAY } from '../../time/civil-time.js';
import { type DayPattern, greatestDivisor, type Residues } from './day-pattern.js';
import { haveCommonDate, shiftedMonthDays } from './month-days-of-year.js';

/** Civil starts of a rule, without an expansion. */
export interface StartPattern {
  readonly pattern: DayPattern;
  /** The times of day of the starts, in milliseconds. */
  readonly times: readonly number[];
  /** Milliseconds of civil time. */
  readonly length: number;
}

/** Events of a week meet on a few differences of days. Beyond these, an expansion soon finds that they meet. */
const MOST_DIFFERENCES = 20;

/**
 * Whether occurrences of two rules may overlap in civil time. If the result is false, they never do: at no pair of days on
 * which their times of day overlap do both rules have a start.
 * @param shift the readings of the clock of `a` minus those of the clock of `b`, in milliseconds
 * @example mayMeet(mondaysAt9, tuesdaysAt9, 0) // false
 */
export function mayMeet(a: StartPattern, b: StartPattern, shift: number): boolean {
  const differences = daysApart(a, b, shift);
  if (differences === null) return true;
  for (const days of differences) if (haveSuchDays(a.pattern, b.pattern, days)) return true;
  return false;
}

/** The days from a start of `b` to a start of `a` at which they overlap; null if there are many. */
function daysApart(a: StartPattern, b: StartPattern, shift: number): ReadonlySet<number> | null {
  const differences = new Set<number>();
  for (const time of a.times) {
    for (const other of b.times) {
      const earlier = other + shift - time;
      const first = Math.floor((earlier - a.length) / DAY) + 1;
      const last = Math.ceil((earlier + b.length) / DAY) - 1;
      if (last - first > MOST_DIFFERENCES) return null;
      for (let days = first; days <= last; days += 1) differences.add(days);
      if (differences.size > MOST_DIFFERENCES) return null;
    }
  }
  return differences;
}

/** Whether `a` may have a day that is so many days after a day of `b`. */
function haveSuchDays(a: DayPattern, b: DayPattern, days: number): boolean {
  return (
    haveDifference(a.days, b.days, [days]) &&
    haveDifference(a.months, b.months, days === 0 ? [0] : [0, Math.sign(days)]) &&
    haveCommonDate(a.monthDays, shiftedMonthDays(b.monthDays, days))
  );
}

/** Whether a number of `a` and a number of `b` may have one of the differences. By the Chinese remainder theorem, exact. */
function haveDifference(a: Residues, b: Residues, differences: readonly number[]): boolean {
  const divisor = greatestDivisor(a.modulus, b.modulus);
  if (divisor === 1) return true;
  return a.values.some((value) =>
    b.values.some((other) => differences.some((difference) => (value - other - difference) % divisor === 0)),
  );
}
