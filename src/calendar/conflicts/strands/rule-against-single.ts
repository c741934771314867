import { type IntervalSet, indexEndingAfter } from '../../intervals/interval-set.js';
import { CIVIL_PADDING } from '../../recurrence/series/rule-runs.js';
import type { CivilTime, Instant } from '../../time/civil-time.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/** Compares a rule with single times. It leaps over the time between them. */
export class RuleAgainstSingle implements Strand {
  private low: CivilTime;
  private readonly end: CivilTime;

  /** @param single the times, all of which end after `found.from` */
  constructor(
    private readonly rule: RuleTime,
    private readonly single: IntervalSet,
    private readonly found: FoundOccurrences,
    private readonly budget: ComparisonBudget,
  ) {
    const { zone, starts } = rule;
    const last = single.length === 0 ? -Infinity : single[single.length - 1].end;
    this.low = Math.max(starts.first, zone.toCivil(found.from) - rule.length - CIVIL_PADDING);
    this.end = Math.min(starts.last, zone.toCivil(last) + CIVIL_PADDING);
  }

  get doneUntil(): Instant {
    return this.low > this.end ? Infinity : this.rule.zone.toInstant(this.low) - CIVIL_PADDING;
  }

  advance(until: Instant): void {
    const { rule, single, found, budget } = this;
    while (!budget.mustStop) {
      const to = Math.min(this.end, rule.zone.toCivil(Math.min(until, found.bound)) + CIVIL_PADDING);
      if (this.low > to) return;
      const civil = rule.starts.next(this.low, to);
      const time = civil <= to ? rule.at(civil) : null;
      this.low = Math.min(civil, to) + 1;
      if (time === null || time.end <= found.from) continue;
      const next = single[indexEndingAfter(single, Math.max(time.start, found.from))];
      if (next === undefined) this.low = this.end + 1;
      else if (next.start < time.end) found.add(time.start, time.start);
      else this.low = Math.max(this.low, rule.zone.toCivil(next.start) - rule.length - rule.padding);
    }
  }
}
