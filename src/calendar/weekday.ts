/** The days of a week, and the ISO weekday of Sunday, the last one. */
export const DAYS_IN_WEEK = 7;

/** The second number of Sunday in a request, from the numbering in which the week starts with Sunday. */
export const SUNDAY_AS_ZERO = 0;

/**
 * Returns whether a number is an ISO weekday: 1 (Monday) to 7 (Sunday).
 * @example isWeekday(0) // false
 */
export function isWeekday(day: unknown): day is number {
  return Number.isInteger(day) && (day as number) >= 1 && (day as number) <= DAYS_IN_WEEK;
}

/**
 * Returns the ISO weekday of a number in which 0 means Sunday too. Checks nothing.
 * @example isoWeekday(0) // 7
 */
export function isoWeekday(day: number): number {
  return day === SUNDAY_AS_ZERO ? DAYS_IN_WEEK : day;
}

/**
 * Returns the ISO weekdays of numbers in which 0 means Sunday too: sorted, each once. Checks nothing.
 * @example isoWeekdays([0, 1, 7]) // [1, 7]
 */
export function isoWeekdays(days: readonly number[]): number[] {
  return [...new Set(days.map(isoWeekday))].toSorted((a, b) => a - b);
}
