import { DAY, epochDayOfCivil, type Instant, SECOND } from './civil-time.js';
import type { NumberBuffer } from './number-buffer.js';
import type { TimeZone } from './time-zone.js';

/**
 * A length of time with its unit, exactly one of two: seconds of exact time, or days of the calendar.
 *
 * A day of the calendar ends at the same reading of the clocks one date later. It has 23 or 25 hours if the clocks
 * change, so neither unit converts into the other (RFC 5545 §3.3.6).
 * @example const meeting: Length = { seconds: 5_400 };
 * @example const holiday: Length = { days: 14 };
 */
export type Length =
  | { readonly seconds: number; readonly days?: undefined }
  | { readonly days: number; readonly seconds?: undefined };

/**
 * Returns whether an event may have a length: a whole number of seconds, or of days and at least one day. An event of
 * zero seconds takes no time. False for fractions, infinity and NaN.
 * @example isLengthOfEvent({ seconds: 0 }) // true; isLengthOfEvent({ days: 0 }) // false
 */
export function isLengthOfEvent(length: Length): boolean {
  const duration = durationOfLength(length);
  return Number.isSafeInteger(duration) && duration >= (length.days === undefined ? 0 : 1);
}

/**
 * Returns whether two lengths have the same unit and the same number of it. A day never equals 86,400 seconds.
 * @example isSameLength({ days: 1 }, { seconds: 86_400 }) // false
 */
export function isSameLength(a: Length, b: Length): boolean {
  return a.seconds === b.seconds && a.days === b.days;
}

/**
 * Returns the end of a length that starts at an instant. Days count from the date of `start` in `zone` and end at a
 * midnight of the zone. So an all-day occurrence on a date that the zone skipped fills the date after it. `zone` has no
 * effect on seconds.
 * @example endAfter(Date.UTC(2026, 2, 28, 23), { days: 1 }, timeZone('Europe/Berlin')) // 23 hours later
 */
export function endAfter(start: Instant, length: Length, zone: TimeZone): Instant {
  if (length.days === undefined) return start + length.seconds * SECOND;
  return zone.toInstant((epochDayOfCivil(zone.toCivil(start)) + length.days) * DAY);
}

/**
 * Adds the ends of a length for each start of a buffer, as `endAfter` returns them, to another buffer.
 * @example addEnds(starts, { days: 1 }, timeZone('Europe/Berlin'), ends)
 */
export function addEnds(starts: NumberBuffer, length: Length, zone: TimeZone, into: NumberBuffer): void {
  if (length.days === undefined) {
    into.addShifted(starts, 0, starts.size, length.seconds * SECOND);
    return;
  }
  for (let index = 0; index < starts.size; index += 1) into.add(endAfter(starts.values[index], length, zone));
}

/**
 * Returns the milliseconds of a length in civil time, in which each day has 24 hours. The exact length of days may
 * differ from it by the change of the clocks.
 * @example civilLength({ days: 2 }) // 172_800_000
 */
export function civilLength(length: Length): number {
  return length.days === undefined ? length.seconds * SECOND : length.days * DAY;
}

/**
 * Returns the length of a plain number: days if `allDay`, else seconds. Rows and the API keep lengths as such a pair.
 * @example lengthOfDuration(2, true) // { days: 2 }
 */
export function lengthOfDuration(duration: number, allDay: boolean): Length {
  return allDay ? { days: duration } : { seconds: duration };
}

/**
 * Returns the plain number of a length in its own unit: the inverse of `lengthOfDuration`.
 * @example durationOfLength({ days: 2 }) // 2
 */
export function durationOfLength(length: Length): number {
  return length.days ?? length.seconds;
}
