import { type CivilTime, HOUR, type Instant } from '../../time/civil-time.js';
import { civilLength, endAfter, type Length } from '../../time/length.js';
import { NumberBuffer } from '../../time/number-buffer.js';
import type { TimeZone } from '../../time/time-zone.js';
import type { RuleStarts } from '../rule/rule-starts.js';
import type { EventSeries, Occurrence, Override } from './event-series.js';
import type { OccurrenceBounds } from './occurrence-sequence.js';

/** Milliseconds. Zones have skipped and repeated whole days, so a civil time and its instant may differ by a day. */
export const CIVIL_PADDING = 25 * HOUR;

/** So many make the cost of a run small for each; so few that a caller may stop early at little cost. */
const STARTS_IN_RUN = 64;

/**
 * The occurrences that the rule of a series yields within bounds, by start, each instant once. EXDATE and overrides have
 * no effect. The rule is expanded in runs of some periods, and only as far as the iterator is read.
 * @example for (const occurrence of new RuleOccurrences(series, ruleStarts, bounds)) …
 */
export class RuleOccurrences<O extends Override> implements IterableIterator<Occurrence<O>> {
  private readonly startsFrom: Instant;
  private readonly startsBefore: Instant;
  private readonly endsAfter: Instant;
  private readonly low: CivilTime;
  private readonly high: CivilTime;
  private readonly lastPeriod: number;
  private readonly civils = new NumberBuffer();
  private readonly starts = new NumberBuffer();
  private readonly zone: TimeZone;
  private readonly length: Length;
  private period: number;
  private index = 0;

  constructor(
    series: EventSeries<O>,
    private readonly ruleStarts: RuleStarts,
    bounds: OccurrenceBounds,
  ) {
    const { zone, until, definition } = series;
    this.startsFrom = bounds.startsFrom;
    this.startsBefore = Math.min(bounds.startsBefore, until + 1);
    this.endsAfter = bounds.endsAfter;
    this.zone = zone;
    this.length = definition.length;
    this.low = Math.max(
      ruleStarts.start,
      zone.toCivil(bounds.endsAfter) - civilLength(definition.length) - CIVIL_PADDING,
      zone.toCivil(bounds.startsFrom) - CIVIL_PADDING,
    );
    this.high = ruleStarts.lastUpTo(zone.toCivil(this.startsBefore) + CIVIL_PADDING);
    this.period = ruleStarts.periodOf(this.low);
    this.lastPeriod = ruleStarts.periodOf(this.high);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Occurrence<O>, undefined> {
    const { starts } = this;
    if (this.index >= starts.size && !this.readRun()) return { done: true, value: undefined };
    const start = starts.values[this.index];
    const originalCivilStart = this.civils.values[this.index];
    this.index += 1;
    const end = endAfter(start, this.length, this.zone);
    return { done: false, value: { start, end, originalStart: start, originalCivilStart, override: null } };
  }

  /** Skips the next `count` occurrences, or all that are left, without an object for each. */
  skip(count: number): void {
    let left = count;
    while (left > 0 && (this.index < this.starts.size || this.readRun())) {
      const passed = Math.min(left, this.starts.size - this.index);
      this.index += passed;
      left -= passed;
    }
  }

  /** The starts of all occurrences that are left, without an object for each. */
  remainingStarts(): Instant[] {
    const { starts } = this;
    const runs: Instant[][] = [];
    while (this.index < starts.size || this.readRun()) {
      runs.push(starts.values.slice(this.index, starts.size));
      this.index = starts.size;
    }
    return runs.length === 1 ? runs[0] : new Array<Instant>().concat(...runs);
  }

  /** Reads the next run that reaches into the bounds; false if there is none. */
  private readRun(): boolean {
    const { civils, starts } = this;
    do {
      if (this.period > this.lastPeriod) {
        starts.clear();
        return false;
      }
      civils.clear();
      let ascending: boolean;
      do {
        this.addPeriods(civils.size + STARTS_IN_RUN);
        starts.clear();
        ascending = this.zone.addInstants(civils, starts);
      } while (this.period <= this.lastPeriod && !this.isWholeRun(ascending));
      if (!ascending) this.sortRun();
      this.trimRun();
    } while (this.index >= starts.size);
    return true;
  }

  private addPeriods(enough: number): void {
    while (this.period <= this.lastPeriod && this.civils.size < enough) {
      this.ruleStarts.addStarts(this.period, this.low, this.high, this.civils);
      this.period += 1;
    }
  }

  /** Removes starts that are out of bounds, which can only be at the ends of the run. */
  private trimRun(): void {
    const { starts } = this;
    this.index = 0;
    while (starts.size > 0 && starts.values[starts.size - 1] >= this.startsBefore) starts.size -= 1;
    while (this.index < starts.size && this.isTooEarly(starts.values[this.index])) this.index += 1;
  }

  private isTooEarly(start: Instant): boolean {
    if (start < this.startsFrom) return true;
    return start < this.endsAfter && endAfter(start, this.length, this.zone) <= this.endsAfter;
  }

  /**
   * The instant of a civil time in a gap is later and may pass or equal the instants of the times after it. A run may
   * end only where no start after it can be before or at a start within it.
   */
  private isWholeRun(ascending: boolean): boolean {
    const { civils, starts } = this;
    const last = starts.values[starts.size - 1];
    if (this.zone.toCivil(last) !== civils.values[civils.size - 1]) return false;
    return ascending || starts.toArray().every((start) => start <= last);
  }

  /**
   * Sorts the starts, none of which is far from its place. If several civil times have one instant, the last of them
   * stays: it is the one that clocks showed.
   */
  private sortRun(): void {
    const { values: starts, size: read } = this.starts;
    const civils = this.civils.values;
    let size = 0;
    for (let index = 0; index < read; index += 1) {
      const [start, civil] = [starts[index], civils[index]];
      let place = size;
      while (place > 0 && starts[place - 1] > start) place -= 1;
      if (place > 0 && starts[place - 1] === start) civils[place - 1] = civil;
      else {
        starts.copyWithin(place + 1, place, size);
        civils.copyWithin(place + 1, place, size);
        starts[place] = start;
        civils[place] = civil;
        size += 1;
      }
    }
    this.starts.size = size;
    this.civils.size = size;
  }
}
