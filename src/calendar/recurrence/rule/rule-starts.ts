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

/** The last second that a series can reach. */
export const LAST_CIVIL_TIME: CivilTime = civilTimeOf(LAST_YEAR, 12, 31, 23, 59, 59);

/**
 * Periods searched for a rule's first start. Leap days on a given weekday are at most 40 years apart, so a rule
 * that a person could mean is found well within; the search costs less than 0.1 ms.
 */
export const FIRST_START_BUDGET = 1_000;

/**
 * The civil starts that a rule yields for a series that starts at `start`: COUNT and the calendar's end bound
 * them, UNTIL (an instant) does not.
 */
export class RuleStarts {
  readonly start: CivilTime;
  private readonly rule: RecurrenceRule;
  private readonly periods: RulePeriods;
  private readonly times: readonly number[];
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

  /** The last civil start that COUNT leaves, or the calendar's end; at or after every start, not itself always one. */
  get last(): CivilTime {
    return this.lastUpTo(LAST_CIVIL_TIME);
  }

  /** The earlier of `bound` and `last`; counts no further than it must, and nothing twice. */
  lastUpTo(bound: CivilTime): CivilTime {
    const end = Math.min(bound, LAST_CIVIL_TIME);
    if (this.rule.count !== null) this.countUpTo(end, this.rule.count);
    return this.lastCounted === null ? end : Math.min(end, this.lastCounted);
  }

  /**
   * The least civil time from a start to the start `count` places later: at the rule's times of day, on days without a
   * gap between them.
   */
  shortestDistance(count: number): number {
    const { times } = this;
    const spans = times.map((time, index) => {
      const later = index + count;
      return Math.floor(later / times.length) * DAY + times[later % times.length] - time;
    });
    return Math.min(...spans);
  }

  /** The index of the period that a civil time falls into, or of the last before it. */
  periodOf(civil: CivilTime): number {
    return this.periods.indexOf(epochDayOfCivil(civil));
  }

  /** Adds the starts of a period that lie in `[low, high]`, ascending. */
  addStarts(period: number, low: CivilTime, high: CivilTime, into: NumberBuffer): void {
    if (this.positions.length > 0) {
      this.addChosenStarts(period, low, high, into);
      return;
    }
    const { days, times } = this;
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

  /** The starts in `[low, high]`, ascending. */
  within(low: CivilTime, high: CivilTime): CivilTime[] {
    const found = new NumberBuffer();
    const from = Math.max(low, this.start);
    const to = this.lastUpTo(high);
    for (let period = this.periodOf(from); period <= this.periodOf(to); period += 1) {
      this.addStarts(period, from, to, found);
    }
    return found.toArray();
  }

  /** The first start within the budget of periods, or null. */
  first(): CivilTime | null {
    const starts = new NumberBuffer();
    for (let period = 0; period < FIRST_START_BUDGET && starts.size === 0; period += 1) {
      this.addStarts(period, this.start, LAST_CIVIL_TIME, starts);
    }
    return starts.size > 0 ? starts.values[0] : null;
  }

  /** BYSETPOS: chosen from all a period holds, the part of the first period before the start included. */
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

/** The indexes that positions (from 1, or from the end) choose in a list, ascending. */
function chosenIndexes(positions: readonly number[], length: number): number[] {
  const indexes = positions.map((position) => (position > 0 ? position - 1 : length + position));
  return [...new Set(indexes)].filter((index) => index >= 0 && index < length).toSorted((a, b) => a - b);
}
