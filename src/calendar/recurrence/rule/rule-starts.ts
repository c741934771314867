import {
  type CivilTime,
  civilTimeOf,
  DAY,
  epochDayOfCivil,
  HOUR,
  LAST_YEAR,
  MINUTE,
  timeOfDay,
} from '../../time/civil-time.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import type { RecurrenceRule } from './recurrence-rule.js';
import { type RulePeriods, rulePeriodsOf } from './rule-periods.js';

/** The last civil time at which an occurrence may start. */
export const LAST_CIVIL_TIME: CivilTime = civilTimeOf(LAST_YEAR, 12, 31, 23, 59, 59);

/**
 * How many periods the search for the first start of a rule reads, in less than 0.1 ms. Leap days on a given weekday are
 * at most 40 years apart, so every rule that a person means has a start within them.
 */
const FIRST_START_BUDGET = 1_000;

/**
 * The civil starts that a rule yields for a series that starts at `start`. COUNT and the calendar's end limit them;
 * UNTIL, which is an instant, does not.
 * @example new RuleStarts(parseRecurrenceRule('FREQ=DAILY'), start).within(start, start + DAY) // two starts
 */
export class RuleStarts {
  readonly start: CivilTime;
  readonly rule: RecurrenceRule;
  /** The times of day of all starts, in milliseconds, ascending. */
  readonly times: readonly number[];
  private readonly periods: RulePeriods;
  private readonly positions: readonly number[];
  private readonly days = new NumberBuffer();
  private counted = 0;
  private periodToCount = 0;
  private lastCounted: CivilTime | null = null;

  constructor(rule: RecurrenceRule, start: CivilTime) {
    this.rule = rule;
    this.start = start;
    const times = timesOfDay(rule, start);
    const chosenEachDay = rule.frequency === 'DAILY' && rule.bySetPos.length > 0;
    this.times = chosenEachDay
      ? chosenIndexes(rule.bySetPos, times.length).map((index) => times[index])
      : times;
    this.positions = chosenEachDay ? [] : rule.bySetPos;
    this.periods = rulePeriodsOf(rule, epochDayOfCivil(start), this.times.length);
  }

  /** The last start of a rule with COUNT, or the calendar's end. No start is later; the calendar's end may be no start. */
  get last(): CivilTime {
    return this.lastUpTo(LAST_CIVIL_TIME);
  }

  /** The earlier of `bound` and `last`. Counts starts only as far as `bound`, and each of them once. */
  lastUpTo(bound: CivilTime): CivilTime {
    const end = Math.min(bound, LAST_CIVIL_TIME);
    if (this.rule.count !== null) this.countUpTo(end, this.rule.count);
    return this.lastCounted === null ? end : Math.min(end, this.lastCounted);
  }

  /**
   * A lower bound of the civil time, in milliseconds, from a start to the start `count` places later. The bound
   * assumes starts on every day, at the times of day of the rule.
   */
  shortestDistance(count: number): number {
    const { times } = this;
    const spans = times.map((time, index) => {
      const later = index + count;
      return Math.floor(later / times.length) * DAY + times[later % times.length] - time;
    });
    return Math.min(...spans);
  }

  /** Whether BYSETPOS selects from the days of a period, so that a day of the rule may have no start, or some times only. */
  get isChosen(): boolean {
    return this.positions.length > 0;
  }

  /** The index of the period that contains a civil time, or of the last period before it. */
  periodOf(civil: CivilTime): number {
    return this.periods.indexOf(epochDayOfCivil(civil));
  }

  /** Adds the starts of a period within `[low, high]`, both inclusive, ascending. */
  addStarts(period: number, low: CivilTime, high: CivilTime, into: NumberBuffer): void {
    if (this.positions.length > 0) {
      this.addChosenStarts(period, low, high, into);
      return;
    }
    const { days, times } = this;
    if (times.length === 1) {
      this.addStartsOnceADay(period, low, high, into);
      return;
    }
    days.clear();
    this.periods.addDays(period, epochDayOfCivil(low), epochDayOfCivil(high), days);
    const { values: midnights, size } = days;
    for (let index = 0; index < size; index += 1) {
      const midnight = midnights[index];
      for (let which = 0; which < times.length; which += 1) {
        const civil = midnight + times[which];
        if (civil >= low && civil <= high) into.add(civil);
      }
    }
  }

  /** The starts in `[low, high]`, both inclusive, ascending. */
  within(low: CivilTime, high: CivilTime): CivilTime[] {
    const found = new NumberBuffer();
    const from = Math.max(low, this.start);
    const to = this.lastUpTo(high);
    for (let period = this.periodOf(from); period <= this.periodOf(to); period += 1)
      this.addStarts(period, from, to, found);
    return found.toArray();
  }

  /** The first start, or null if the first `FIRST_START_BUDGET` periods have none. */
  first(): CivilTime | null {
    const starts = new NumberBuffer();
    for (let period = 0; period < FIRST_START_BUDGET && starts.size === 0; period += 1)
      this.addStarts(period, this.start, LAST_CIVIL_TIME, starts);
    return starts.size > 0 ? starts.values[0] : null;
  }

  private addStartsOnceADay(period: number, low: CivilTime, high: CivilTime, into: NumberBuffer): void {
    const { values, size: before } = into;
    const [time] = this.times;
    this.periods.addDays(period, epochDayOfCivil(low), epochDayOfCivil(high), into);
    const { size: after } = into;
    let size = before;
    for (let index = before; index < after; index += 1) {
      const civil = values[index] + time;
      if (civil < low || civil > high) continue;
      values[size] = civil;
      size += 1;
    }
    into.size = size;
  }

  /** BYSETPOS selects from all starts of a period, including those of the first period before the start. */
  private addChosenStarts(period: number, low: CivilTime, high: CivilTime, into: NumberBuffer): void {
    const { days } = this;
    days.clear();
    this.periods.addDays(period, -Infinity, Infinity, days);
    const timesADay = this.times.length;
    for (const index of chosenIndexes(this.positions, days.size * timesADay)) {
      const civil = days.values[Math.floor(index / timesADay)] + this.times[index % timesADay];
      if (civil >= low && civil <= high) into.add(civil);
    }
  }

  private countUpTo(end: CivilTime, count: number): void {
    if (this.lastCounted !== null) return;
    const lastPeriod = this.periodOf(end);
    const starts = new NumberBuffer();
    for (; this.periodToCount <= lastPeriod; this.periodToCount += 1) {
      starts.clear();
      this.addStarts(this.periodToCount, this.start, LAST_CIVIL_TIME, starts);
      if (this.counted + starts.size >= count) {
        this.lastCounted = starts.values[count - this.counted - 1];
        return;
      }
      this.counted += starts.size;
    }
  }
}

function timesOfDay(rule: RecurrenceRule, start: CivilTime): number[] {
  const time = timeOfDay(start);
  const hours = rule.byHour.length > 0 ? rule.byHour : [Math.floor(time / HOUR)];
  const minutes = rule.byMinute.length > 0 ? rule.byMinute : [Math.floor((time % HOUR) / MINUTE)];
  return hours.flatMap((hour) => minutes.map((minute) => hour * HOUR + minute * MINUTE + (time % MINUTE)));
}

/** The indexes, from 0 and ascending, of positions in a list. Positions count from 1, negative ones from the end. */
function chosenIndexes(positions: readonly number[], length: number): number[] {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : length + position));
  return [...new Set(indexes)].filter((index) => index >= 0 && index < length).toSorted((a, b) => a - b);
}
