import { type IntervalSet, indexEndingAfter } from '../../intervals/interval-set.js';
import type { Occurrence } from '../../recurrence/series/event-series.js';
import type { Instant } from '../../time/civil-time.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/** Compares the occurrences beside the rule of an event, such as its overrides, with single times and with rules. */
export class FewAgainstAll implements Strand {
  private index = 0;

  /** @param few by start @param single the times, all of which end after `found.from` */
  constructor(
    private readonly few: readonly Occurrence[],
    private readonly single: IntervalSet,
    private readonly rules: readonly RuleTime[],
    private readonly found: FoundOccurrences,
    private readonly budget: ComparisonBudget,
  ) {}

  get doneUntil(): Instant {
    return this.few[this.index]?.start ?? Infinity;
  }

  advance(until: Instant): void {
    const { few, found, budget } = this;
    for (; this.index < few.length && !budget.mustStop; this.index += 1) {
      const { start, end, originalStart } = few[this.index];
      if (start > Math.min(until, found.bound)) return;
      budget.spend(1);
      const time = { start: Math.max(start, found.from), end };
      if (time.start < end && this.isTaken(time)) found.add(start, originalStart);
    }
  }

  private isTaken(time: { start: Instant; end: Instant }): boolean {
    const { single, rules } = this;
    const next = single[indexEndingAfter(single, time.start)];
    return (
      (next !== undefined && next.start < time.end) ||
      rules.some((rule) => rule.visitOverlapping(time, () => true))
    );
  }
}
