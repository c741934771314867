import { type CivilTime, HOUR, type Instant } from '../../time/civil-time.js';
import { civilLength, endAfter, type Length } from '../../time/length.js';
import { indexFrom, NumberBuffer } from '../../time/number-buffer.js';
import type { TimeZone } from '../../time/time-zone.js';
import type { RuleStarts } from '../rule/rule-starts.js';
import type { EventSeries } from './event-series.js';
import type { OccurrenceBounds } from './occurrence-sequence.js';

/** Milliseconds. Zones have skipped and repeated whole days, so a civil time and its instant may differ by a day. */
export const CIVIL_PADDING = 25 * HOUR;

/** So many make the cost of a run small for each; so few that a caller may stop early at little cost. */
const STARTS_IN_RUN = 64;

/** The buffers that an expansion fills again with each run. */
export interface RunBuffers {
  readonly starts: NumberBuffer;
  /** The civil times of the starts, by the same index. */
  readonly civils: NumberBuffer;
}

/**
 * The starts that the rule of a series yields within bounds, each instant once, in runs of some periods. The starts of a
 * run ascend, and so do the runs. The rule is expanded only as far as runs are read. EXDATEs
 * and overrides have an effect by `exceptions` alone.
 * @example while (runs.read()) for (let index = runs.from; index < runs.starts.size; index += 1) …
 */
export class RuleRuns {
  /** The index in the buffers of the first start of the run. */
  from = 0;
  readonly starts: NumberBuffer;
  readonly civils: NumberBuffer;
  private readonly startsFrom: Instant;
  private readonly startsBefore: Instant;
  private readonly endsAfter: Instant;
  private readonly low: CivilTime;
  private readonly high: CivilTime;
  private readonly lastPeriod: number;
  private readonly zone: TimeZone;
  private readonly length: Length;
  private period: number;

  /**
   * @param exceptions instants that are left out, ascending
   * @param buffers are filled with the runs
   */
  constructor(
    { zone, until, definition }: EventSeries,
    private readonly ruleStarts: RuleStarts,
    bounds: OccurrenceBounds,
    private readonly exceptions: readonly Instant[],
    buffers: RunBuffers = { starts: new NumberBuffer(), civils: new NumberBuffer() },
  ) {
    this.starts = buffers.starts;
    this.civils = buffers.civils;
    this.starts.clear();
    this.startsFrom = bounds.startsFrom;
    this.startsBefore = Math.min(bounds.startsBefore, until + 1);
    this.endsAfter = bounds.endsAfter;
    this.zone = zone;
    this.length = definition.length;
    this.low = Math.max(
      ruleStarts.start,
      zone.toCivil(bounds.endsAfter) - civilLength(definition.length) - CIVIL_PADDING,
      bounds.startsFrom === -Infinity ? -Infinity : zone.toCivil(bounds.startsFrom) - CIVIL_PADDING,
    );
    this.high = ruleStarts.lastUpTo(zone.toCivil(this.startsBefore) + CIVIL_PADDING);
    this.period = ruleStarts.periodOf(this.low);
    this.lastPeriod = ruleStarts.periodOf(this.high);
  }

  /** Reads the next run that has a start within the bounds; false if there is none. */
  read(): boolean {
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
      if (!ascending) this.sort();
      this.trim();
      if (this.exceptions.length > 0) this.leaveOutExceptions();
    } while (this.from >= starts.size);
    return true;
  }

  private addPeriods(enough: number): void {
    while (this.period <= this.lastPeriod && this.civils.size < enough) {
      this.ruleStarts.addStarts(this.period, this.low, this.high, this.civils);
      this.period += 1;
    }
  }

  /** Removes starts that are out of bounds, which can only be at the ends of the run. */
  private trim(): void {
    const { starts } = this;
    this.from = 0;
    while (starts.size > 0 && starts.values[starts.size - 1] >= this.startsBefore) starts.size -= 1;
    while (this.from < starts.size && this.isTooEarly(starts.values[this.from])) this.from += 1;
  }

  private leaveOutExceptions(): void {
    const { exceptions, starts, civils, from } = this;
    if (from >= starts.size) return;
    let next = indexFrom(exceptions, starts.values[from]);
    if (!(exceptions[next] <= starts.values[starts.size - 1])) return;
    let size = from;
    for (let index = from; index < starts.size; index += 1) {
      const start = starts.values[index];
      while (exceptions[next] < start) next += 1;
      if (exceptions[next] === start) continue;
      starts.values[size] = start;
      civils.values[size] = civils.values[index];
      size += 1;
    }
    starts.size = size;
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
  private sort(): void {
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
