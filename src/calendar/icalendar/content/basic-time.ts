import {
  type CivilTime,
  civilDateOf,
  civilTimeOf,
  DAY,
  daysInMonth,
  epochDayOfCivil,
  FIRST_YEAR,
  HOUR,
  LAST_YEAR,
  MINUTE,
  SECOND,
} from '../../time/civil-time.js';

const ZERO = '0'.charCodeAt(0);
const LENGTH_OF_DATE = 'YYYYMMDD'.length;
const LENGTH_OF_TIME = 'YYYYMMDDTHHMMSS'.length;

/**
 * Reads a DATE or DATE-TIME in basic form, with or without `Z` (RFC 5545 §3.3.4, §3.3.5), in the years 1900 to 2999. Null if
 * the text is none. Files have several for each event, so this costs a tenth of `parseCivilTime`.
 * @example basicTime('20260101T090000')
 */
export function basicTime(text: string): CivilTime | null {
  const { length } = text;
  const hasTime = length !== LENGTH_OF_DATE;
  if (hasTime && length !== LENGTH_OF_TIME && !(length === LENGTH_OF_TIME + 1 && text.endsWith('Z')))
    return null;
  const year = digits(text, 0) * 100 + digits(text, 2);
  const [month, day] = [digits(text, 4), digits(text, 6)];
  const isDate = year >= FIRST_YEAR && year <= LAST_YEAR && month >= 1 && month <= 12 && day >= 1;
  if (!isDate || day > daysInMonth(year, month)) return null;
  if (!hasTime) return civilTimeOf(year, month, day);
  const [hour, minute, second] = [digits(text, 9), digits(text, 11), digits(text, 13)];
  if (text[LENGTH_OF_DATE] !== 'T' || !(hour <= 23 && minute <= 59 && second <= 59)) return null;
  return civilTimeOf(year, month, day, hour, minute, second);
}

/** The number that two digits write; NaN if they are none. */
function digits(text: string, at: number): number {
  const [tens, ones] = [text.charCodeAt(at) - ZERO, text.charCodeAt(at + 1) - ZERO];
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** The day that was written last: the times of one event are often on one day. */
let lastDay = Number.NaN;
let lastDate = '';

/**
 * Writes the date of a civil time as a DATE.
 * @example basicDateText(0) // '19700101'
 */
export function basicDateText(civil: CivilTime): string {
  const epochDay = epochDayOfCivil(civil);
  if (epochDay !== lastDay) {
    const { year, month, day } = civilDateOf(epochDay);
    lastDate = `${String(year).padStart(4, '0')}${TWO_DIGITS[month]}${TWO_DIGITS[day]}`;
    lastDay = epochDay;
  }
  return lastDate;
}

/**
 * Writes a civil time as a DATE-TIME without `Z`.
 * @example basicTimeText(0) // '19700101T000000'
 */
export function basicTimeText(civil: CivilTime): string {
  const date = basicDateText(civil);
  const time = civil - lastDay * DAY;
  const [hour, minute] = [Math.floor(time / HOUR), Math.floor(time / MINUTE) % 60];
  return `${date}T${TWO_DIGITS[hour]}${TWO_DIGITS[minute]}${TWO_DIGITS[Math.floor(time / SECOND) % 60]}`;
}
