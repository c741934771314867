import { DAY, FIRST_YEAR, HOUR, type Instant, LAST_YEAR, MINUTE, SECOND } from './civil-time.js';

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|([+-])(\d{2}):(\d{2}))$/;

/**
 * Reads an RFC 3339 timestamp, to the second: a fraction is cut off, since iCalendar has none. Returns null if the text
 * has neither an offset nor `Z`, if its date or time does not exist, or if the instant is not in the years 1900 to 2999
 * of UTC.
 * @example parseInstant('2022-09-06T17:16:47.9+03:00') // 1_662_473_807_000
 */
export function parseInstant(text: string): Instant | null {
  const match = RFC_3339.exec(text);
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const offsetHours = Number(match[8] ?? 0);
  const offsetMinutes = Number(match[9] ?? 0);
  if (hour > 23 || minute > 59 || second > 59 || offsetHours > 23 || offsetMinutes > 59) return null;
  // Date.UTC adds 1900 to the years 0 to 99. An offset changes the year by one at most.
  if (year < FIRST_YEAR - 1) return null;
  const civil = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(civil);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const offset = (offsetHours * HOUR + offsetMinutes * MINUTE) * (match[7] === '-' ? -1 : 1);
  const instant = civil - offset;
  const utcYear = new Date(instant).getUTCFullYear();
  return utcYear >= FIRST_YEAR && utcYear <= LAST_YEAR ? instant : null;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** The day that was formatted last. The instants of one response are on a few days, and formatting a day is slow. */
let lastDay = Number.NaN;
let lastDate = '';

/**
 * Writes an instant as RFC 3339 in UTC, to the second; milliseconds are cut off.
 * @example formatInstant(0) // '1970-01-01T00:00:00Z'
 */
export function formatInstant(instant: Instant): string {
  const day = Math.floor(instant / DAY);
  if (day !== lastDay) {
    lastDate = new Date(day * DAY).toISOString().slice(0, 11);
    lastDay = day;
  }
  const time = instant - day * DAY;
  const [hour, minute] = [Math.floor(time / HOUR), Math.floor(time / MINUTE) % 60];
  return `${lastDate}${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[Math.floor(time / SECOND) % 60]}Z`;
}
