import type { Instant } from '../../time/civil-time.js';
import { endAfter } from '../../time/length.js';
import type { RuleStarts } from '../rule/rule-starts.js';
import type { EventSeries, Occurrence, Override } from './event-series.js';
import type { OccurrenceBounds } from './occurrence-sequence.js';
import { RuleRuns } from './rule-runs.js';

/**
 * The occurrences that the rule of a series yields within bounds, by start, each instant once. EXDATEs and
 * overrides have an effect by `exceptions` alone. The rule is expanded in runs, only as far as the iterator is read.
 * @example for (const occurrence of new RuleOccurrences(series, ruleStarts, bounds)) …
 */
export class RuleOccurrences<O extends Override> implements IterableIterator<Occurrence<O>> {
  private readonly runs: RuleRuns;

  /** @param exceptions instants that are left out, ascending */
  constructor(
    private readonly series: EventSeries<O>,
    ruleStarts: RuleStarts,
    bounds: OccurrenceBounds,
    exceptions: readonly Instant[] = [],
  ) {
    this.runs = new RuleRuns(series, ruleStarts, bounds, exceptions);
  }

  [Symbol.iterator](): this {
    return this;
  }

  next(): IteratorResult<Occurrence<O>, undefined> {
    const { runs, series } = this;
    if (runs.from >= runs.starts.size && !runs.read()) return { done: true, value: undefined };
    const start = runs.starts.values[runs.from];
    const originalCivilStart = runs.civils.values[runs.from];
    runs.from += 1;
    const end = endAfter(start, series.definition.length, series.zone);
    return { done: false, value: { start, end, originalStart: start, originalCivilStart, override: null } };
  }

  /** Skips the next `count` occurrences, or all that are left, without an object for each. */
  skip(count: number): void {
    const { runs } = this;
    let left = count;
    while (left > 0 && (runs.from < runs.starts.size || runs.read())) {
      const passed = Math.min(left, runs.starts.size - runs.from);
      runs.from += passed;
      left -= passed;
    }
  }
}
