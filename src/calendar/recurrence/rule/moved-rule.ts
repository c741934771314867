import {
  type CivilDate,
  type CivilTime,
  civilDateOf,
  daysInMonth,
  daysInYear,
  epochDayOf,
  epochDayOfCivil,
  HOUR,
  MINUTE,
  timeOfDay,
  type Weekday,
  weekdayOf,
} from '../../time/civil-time.js';
import type { RecurrenceRule, RuleWeekday } from './recurrence-rule.js';
import { RuleStarts } from './rule-starts.js';

/** A start, as the values that the parts of a rule name. */
interface StartParts extends CivilDate {
  readonly weekday: Weekday;
  readonly dayOfYear: number;
  readonly hour: number;
  readonly minute: number;
}

/**
 * The rule of a series whose start moves to `start`: the rule itself if it yields `start`, else the rule with each part
 * that excludes `start` changed to the value of `start`. An ordinal or a day that counts from the end still counts from
 * the end. Null if the move is ambiguous: a part that excludes `start` has several values, or BYSETPOS, BYWEEKNO or
 * BYYEARDAY chooses the day. COUNT and UNTIL stay.
 * @example movedRule(parseRecurrenceRule('FREQ=WEEKLY;BYDAY=MO'), aTuesday) // FREQ=WEEKLY;BYDAY=TU
 */
export function movedRule(rule: RecurrenceRule, start: CivilTime): RecurrenceRule | null {
  if (yields(rule, start)) return rule;
  if (rule.bySetPos.length + rule.byWeekNo.length + rule.byYearDay.length > 0) return null;
  const to = partsOf(start);
  const byMonth = movedNumber(rule.byMonth, to.month);
  const byMonthDay = movedMonthDay(rule.byMonthDay, to);
  const byDay = movedWeekday(rule, to);
  const byHour = movedNumber(rule.byHour, to.hour);
  const byMinute = movedNumber(rule.byMinute, to.minute);
  if (!byMonth || !byMonthDay || !byDay || !byHour || !byMinute) return null;
  const moved = { ...rule, byMonth, byMonthDay, byDay, byHour, byMinute };
  return yields(moved, start) ? moved : null;
}

function yields(rule: RecurrenceRule, start: CivilTime): boolean {
  return new RuleStarts({ ...rule, count: null, until: null }, start).within(start, start).length > 0;
}

function partsOf(start: CivilTime): StartParts {
  const epochDay = epochDayOfCivil(start);
  const date = civilDateOf(epochDay);
  const time = timeOfDay(start);
  return {
    ...date,
    weekday: weekdayOf(epochDay),
    dayOfYear: epochDay - epochDayOf(date.year, 1, 1) + 1,
    hour: Math.floor(time / HOUR),
    minute: Math.floor((time % HOUR) / MINUTE),
  };
}

function movedNumber(values: readonly number[], value: number): readonly number[] | null {
  if (values.length === 0 || values.includes(value)) return values;
  return values.length === 1 ? [value] : null;
}

function movedMonthDay(
  values: readonly number[],
  { year, month, day }: StartParts,
): readonly number[] | null {
  const fromEnd = day - daysInMonth(year, month) - 1;
  if (values.length === 0 || values.includes(day) || values.includes(fromEnd)) return values;
  if (values.length > 1) return null;
  return [values[0] > 0 ? day : fromEnd];
}

function movedWeekday(rule: RecurrenceRule, to: StartParts): readonly RuleWeekday[] | null {
  const isOfYear = rule.frequency === 'YEARLY' && rule.byMonth.length === 0;
  const [position, length] = isOfYear
    ? [to.dayOfYear, daysInYear(to.year)]
    : [to.day, daysInMonth(to.year, to.month)];
  const ordinal = Math.ceil(position / 7);
  const fromEnd = -Math.ceil((length - position + 1) / 7);
  const includesStart = rule.byDay.some(
    (day) => day.weekday === to.weekday && [null, ordinal, fromEnd].includes(day.ordinal),
  );
  if (rule.byDay.length === 0 || includesStart) return rule.byDay;
  if (rule.byDay.length > 1) return null;
  const [{ ordinal: counted }] = rule.byDay;
  const moved = counted === null ? null : counted > 0 ? ordinal : fromEnd;
  return [{ weekday: to.weekday, ordinal: moved }];
}
