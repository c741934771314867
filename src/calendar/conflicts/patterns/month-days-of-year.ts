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
 * The dates on which BYMONTH, BYMONTHDAY, the ordinals of BYDAY, and BYSETPOS of a month allow a start. The other parts of the
 * rule may remove some of them.
 * @param timesADay the starts of the rule on one day, which BYSETPOS counts
 * @example monthDaysOfYear(parseRecurrenceRule('FREQ=MONTHLY;BYDAY=1TU'), 1)[0] // 0b111_1111: 1 to 7 January
 */
export function monthDaysOfYear(rule: RecurrenceRule, timesADay: number): MonthDaysOfYear {
  const weeks = weeksOf(rule, timesADay);
  return MONTHS.map((month) => {
    if (rule.byMonth.length > 0 && !rule.byMonth.includes(month)) return 0;
    let days = 0;
    for (const length of LENGTHS[month - 1]) days |= datesIn(rule, weeks, length);
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

/**
 * The blocks of seven days of a month that have all starts, such as 1 for the first seven days and -1 for the last; null: any.
 * Seven days have each weekday once, so the n-th day of a set of weekdays is in the same block in each month.
 */
function weeksOf(rule: RecurrenceRule, timesADay: number): readonly number[] | null {
  const { frequency, byMonth, byMonthDay, byDay, bySetPos } = rule;
  const isMonthly = frequency === 'MONTHLY';
  const plain = byDay.filter(({ ordinal }) => ordinal === null);
  if ((isMonthly || byMonth.length > 0) && byDay.length > 0 && plain.length === 0)
    return byDay.map(({ ordinal }) => ordinal ?? 1);
  const isChosenByWeekday = isMonthly && byMonthDay.length === 0 && plain.length === byDay.length;
  if (!isChosenByWeekday || plain.length === 0 || bySetPos.length === 0) return null;
  const inWeek = plain.length * timesADay;
  return bySetPos.map((position) => Math.sign(position) * Math.ceil(Math.abs(position) / inWeek));
}

function datesIn({ byMonthDay }: RecurrenceRule, weeks: readonly number[] | null, length: number): number {
  let days = daysUpTo(length);
  if (byMonthDay.length > 0) {
    let numbered = 0;
    for (const number of byMonthDay) numbered |= bit(number > 0 ? number : length + number + 1, length);
    days &= numbered;
  }
  if (weeks === null) return days;
  let inWeeks = 0;
  for (const week of weeks) {
    const first = week > 0 ? 7 * (week - 1) + 1 : length + 7 * week + 1;
    for (let day = first; day < first + 7; day += 1) inWeeks |= bit(day, length);
  }
  return days & inWeeks;
}

function bit(day: number, length: number): number {
  return day >= 1 && day <= length ? 1 << (day - 1) : 0;
}

function daysUpTo(length: number): number {
  return 0x7fff_ffff >>> (MAX_DAYS_IN_MONTH - length);
}
