import { type CivilTime, HOUR, type Instant } from './civil-time.js';
import type { EventSeries, Occurrence, OccurrenceOverride } from './event-series.js';
import type { OccurrenceBounds } from './occurrence-sets.js';
import type { RuleStarts } from './rule-starts.js';

/** Zones have skipped and repeated whole days, so a civil time and its instant may be a day out of step. */
export const CIVIL_PADDING = 25 * HOUR;

/** Enough to make the cost of a run vanish, few enough that a caller who stops early has paid little. */
const STARTS_IN_RUN = 64;

/**
 * The occurrences that the rule of a series yields, by start, each instant once; EXDATE and overrides are not
 * looked at. Works run by run, and only as far as it is read.
 */
export class RuleOccurrences<O extends OccurrenceOverride> implements IterableIterator<Occurrence<O>> {
  private readonly startsBefore: Instant;
  private readonly low: CivilTime;
  private readonly high: CivilTime;
  private readonly lastPeriod: number;
  private period: number;
  private civils: CivilTime[] = [];
  private starts: Instant[] = [];
  private index = 0;

  constructor(
    private readonly series: EventSeries<O>,
    private readonly ruleStarts: RuleStarts,
    private readonly bounds: OccurrenceBounds,
  ) {
    const { zone, until, definition } = series;
    this.startsBefore = Math.min(bounds.startsBefore, until + 1);
    this.low = Math.max(
      ruleStarts.start,
      zone.toCivil(bounds.endsAfter) - definition.duration - CIVIL_PADDING,
    );
    this.high = Math.min(ruleStarts.last, zone.toCivil(this.startsBefore) + CIVIL_PADDING);
    this.period = ruleStarts.periodOf(this.low);
    this.lastPeriod = ruleStarts.periodOf(this.high);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Occurrence<O>, undefined> {
    const { endsAfter } = this.bounds;
    while (this.index < this.starts.length || this.readRun()) {
      const start = this.starts[this.index];
      const civil = this.civils[this.index];
      this.index += 1;
      if (start >= this.startsBefore) break;
      const end = this.series.endOf(start, this.series.definition.duration);
      if (end <= endsAfter) continue;
      return {
        done: false,
        value: { start, end, originalStart: start, originalCivilStart: civil, override: null },
      };
    }
    this.period = Infinity;
    this.starts = [];
    return { done: true, value: undefined };
  }

  /** Makes ready the next run; false when there is none. */
  private readRun(): boolean {
    this.index = 0;
    this.civils = [];
    this.starts = [];
    while (this.period <= this.lastPeriod && !this.isWholeRun()) {
      const enough = this.civils.length + STARTS_IN_RUN;
      while (this.period <= this.lastPeriod && this.civils.length < enough) {
        this.ruleStarts.addStarts(this.period, this.low, this.high, this.civils);
        this.period += 1;
      }
      this.starts = this.series.zone.toInstants(this.civils);
    }
    if (!isAscending(this.starts)) this.sortRun();
    return this.starts.length > 0;
  }

  /**
   * Times in a gap become later ones, which may pass or meet those that follow: a run ends only where none that
   * comes after it can start before or with one within.
   */
  private isWholeRun(): boolean {
    const last = this.starts.at(-1);
    if (last === undefined) return false;
    return (
      this.series.zone.toCivil(last) === this.civils.at(-1) && this.starts.every((start) => start <= last)
    );
  }

  /** Of civil times that are one instant the last is the one that clocks showed. */
  private sortRun(): void {
    const civilOf = new Map(this.starts.map((start, index) => [start, this.civils[index]]));
    const sorted = [...civilOf].toSorted(([a], [b]) => a - b);
    this.starts = sorted.map(([start]) => start);
    this.civils = sorted.map(([, civil]) => civil);
  }
}

function isAscending(instants: readonly Instant[]): boolean {
  for (let index = 1; index < instants.length; index += 1) {
    if (instants[index] <= instants[index - 1]) return false;
  }
  return true;
}
