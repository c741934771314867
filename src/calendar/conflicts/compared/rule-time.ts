import type { Interval } from '../../intervals/interval.js';
import type { RuleStarts } from '../../recurrence/rule/rule-starts.js';
import type { Override } from '../../recurrence/series/event-series.js';
import { CIVIL_PADDING } from '../../recurrence/series/rule-runs.js';
import type { CivilTime } from '../../time/civil-time.js';
import { civilLength, endAfter } from '../../time/length.js';
import type { TimeZone } from '../../time/time-zone.js';
import type { ZoneChanges } from '../clocks/zone-changes.js';
import { dayPatternOf } from '../patterns/day-pattern.js';
import type { StartPattern } from '../patterns/meeting-days.js';
import { type BusySeries, isBusyByRule } from './busy-series.js';
import { CivilStarts } from './civil-starts.js';
import type { ComparisonBudget } from './comparison-budget.js';

/** The time that the rule of a series takes: its starts without EXDATEs, overrides and answers of their own. */
export class RuleTime<O extends Override = Override> implements StartPattern {
  readonly zone: TimeZone;
  readonly pattern: StartPattern['pattern'];
  readonly times: readonly number[];
  /** Milliseconds of civil time. */
  readonly length: number;
  readonly isOfDays: boolean;
  /** The milliseconds by which a start or an end in civil time may be earlier or later than its instant shows. */
  readonly padding: number;
  readonly starts: CivilStarts;
  /** A lower bound of the civil time from a start to the next, in milliseconds. */
  readonly shortestDistance: number;

  private constructor(
    readonly busy: BusySeries<O>,
    ruleStarts: RuleStarts,
    changes: ZoneChanges,
    budget: ComparisonBudget,
  ) {
    const { zone, until, definition } = busy.series;
    this.zone = zone;
    this.pattern = dayPatternOf(ruleStarts);
    this.times = ruleStarts.times;
    this.length = civilLength(definition.length);
    this.padding = 2 * changes.of(zone).spread;
    this.isOfDays = definition.length.days !== undefined;
    const last = ruleStarts.lastUpTo(zone.toCivil(until) + CIVIL_PADDING);
    this.starts = new CivilStarts(ruleStarts, this.pattern, last, budget);
    this.shortestDistance = ruleStarts.shortestDistance(1);
  }

  /** The time of the rule of a series; null if its starts take none. */
  static of<O extends Override>(
    busy: BusySeries<O>,
    changes: ZoneChanges,
    budget: ComparisonBudget,
  ): RuleTime<O> | null {
    const { ruleStarts, definition } = busy.series;
    const takesTime = isBusyByRule(busy) && civilLength(definition.length) > 0;
    return takesTime && ruleStarts !== null && ruleStarts.times.length > 0
      ? new RuleTime(busy, ruleStarts, changes, budget)
      : null;
  }

  /** The milliseconds before an instant at which an occurrence that contains it may start. */
  get reach(): number {
    return this.length + this.padding;
  }

  /** The time of a start of the rule; null if the start does not take place or takes no time. */
  at(civil: CivilTime): Interval | null {
    const { busy, zone } = this;
    const { until, exdates, overrides, definition } = busy.series;
    const start = zone.toInstant(civil);
    if (start > until || exdates.has(start) || overrides.has(start)) return null;
    if (busy.apart && this.isApart(busy.apart, civil, start)) return null;
    return { start, end: endAfter(start, definition.length, zone) };
  }

  /**
   * Calls `visit` with each start of the rule whose time overlaps an interval, until `visit` returns true. Returns whether
   * it has.
   */
  visitOverlapping(interval: Interval, visit: (time: Interval) => boolean): boolean {
    const low = this.zone.toCivil(interval.start) - this.length - this.padding;
    const high = this.zone.toCivil(interval.end) + this.padding;
    for (let civil = this.starts.next(low, high); civil <= high; civil = this.starts.next(civil + 1, high)) {
      const time = this.at(civil);
      if (time && time.start < interval.end && interval.start < time.end && visit(time)) return true;
    }
    return false;
  }

  /** If several starts in a gap of the zone have one instant, the occurrence is the one that clocks showed. */
  private isApart(apart: ReadonlySet<CivilTime>, civil: CivilTime, start: number): boolean {
    const shown = this.zone.toCivil(start);
    return apart.has(civil) || (shown !== civil && this.starts.next(shown, shown) === shown);
  }
}
