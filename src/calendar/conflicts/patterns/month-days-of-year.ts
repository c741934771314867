import type { RecurrenceRule } from '../../recurrence/rule/recurrence-rule.js';
import { MAX_DAYS_IN_MONTH, MONTHS_IN_YEAR } from '../../recurrence/rule/rule-limits.js';
import { daysInMonth } from '../../time/civil-time.js';

/** A set of dates without their year: for each month, bit `d - 1` is day `d`. February has 29 days. */
export type MonthDaysOfYear = readonly number[];

const [LEAP_YEAR, OTHER_YEAR] = [2024, 2023];
const MONTHS = Array.from({ length: MONTHS_IN_YEAR }, (_, index) => index + 1);

/** The lengths that each month may have. */
const LENGTHS = MONTHS.map((month) => [
  ...new Set([daysInMonth(LEAP_YEAR, month), daysInMonth(OTHER_YEAR, month)]),
]);

/** Every date. */
export const EVERY_MONTH_DAY: MonthDaysOfYear = LENGTHS.map(([longest]) => daysUpTo(longest));

/**
 * The dates on which BYMONTH, BYMONTHDAY and the ordinals of BYDAY allow a start. The other parts of the rule may remove
 * some of them.
 * @example monthDaysOfYear(parseRecurrenceRule('FREQ=MONTHLY;BYDAY=1TU'))[0] // 0b111_1111: 1 to 7 January
 */
export function monthDaysOfYear(rule: RecurrenceRule): MonthDaysOfYear {
  return MONTHS.map((month) => {
    if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return 0;
    let days = 0;
    for (const length of LENGTHS[month - 1]) days |= datesIn(rule, length);
    return days;
  });
}

/**
 * The dates that a set has so many days later, or with a negative number earlier. Since a month may have several lengths,
 * the result may have dates besides them.
 * @param days at most as many as the shortest month has
 * @example shiftedMonthDays(dates, 1)
 */
export function shiftedMonthDays(dates: MonthDaysOfYear, days: number): MonthDaysOfYear {
  if (days === 0) return dates;
  const shifted = MONTHS.map(() => 0);
  for (const month of MONTHS) {
    for (let day = 1; day <= MAX_DAYS_IN_MONTH; day += 1)
      if (dates[month - 1] & (1 << (day - 1))) addShifted(shifted, month, day + days);
  }
  return shifted;
}

/**
 * Whether two sets have a common date.
 * @example haveCommonDate(EVERY_MONTH_DAY, dates)
 */
export function haveCommonDate(a: MonthDaysOfYear, b: MonthDaysOfYear): boolean {
  return a.some((days, index) => (days & b[index]) !== 0);
}

/** Adds a day, counted from the first of a month, which may be in the month before or after. */
function addShifted(shifted: number[], month: number, day: number): void {
  if (day < 1) {
    const before = (month + MONTHS_IN_YEAR - 2) % MONTHS_IN_YEAR;
    for (const length of LENGTHS[before]) shifted[before] |= 1 << (day + length - 1);
    return;
  }
  for (const length of LENGTHS[month - 1]) {
    if (day <= length) shifted[month - 1] |= 1 << (day - 1);
    else shifted[month % MONTHS_IN_YEAR] |= 1 << (day - length - 1);
  }
}

function datesIn({ frequency, byMonth, byMonthDay, byDay }: RecurrenceRule, length: number): number {
  let days = daysUpTo(length);
  if (byMonthDay.length > 0) {
    let numbered = 0;
    for (const number of byMonthDay) numbered |= bit(number > 0 ? number : length + number + 1, length);
    days &= numbered;
  }
  const countsInMonth = frequency === 'MONTHLY' || byMonth.length > 0;
  if (!countsInMonth || byDay.length === 0 || byDay.some(({ ordinal }) => ordinal === null)) return days;
  let weeks = 0;
  for (const { ordinal } of byDay) {
    const first = (ordinal ?? 0) > 0 ? 7 * ((ordinal ?? 0) - 1) + 1 : length + 7 * (ordinal ?? 0) + 1;
    for (let day = first; day < first + 7; day += 1) weeks |= bit(day, length);
  }
  return days & weeks;
}

function bit(day: number, length: number): number {
  return day >= 1 && day <= length ? 1 << (day - 1) : 0;
}

function daysUpTo(length: number): number {
  return 0x7fff_ffff >>> (MAX_DAYS_IN_MONTH - length);
}
