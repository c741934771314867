import type { Occurrence } from '../../recurrence/series/event-series.js';
import type { Instant } from '../../time/civil-time.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/** Compares the occurrences beside the rule of an event with each other and with the rule. */
export class FewAgainstItself implements Strand {
  private index = 0;

  /** @param few by start */
  constructor(
    private readonly few: readonly Occurrence[],
    private readonly rule: RuleTime | null,
    private readonly found: FoundOccurrences,
    private readonly budget: ComparisonBudget,
  ) {}

  /** The occurrence of the rule may start before the other one. */
  get doneUntil(): Instant {
    const next = this.few[this.index];
    return next === undefined ? Infinity : next.start - (this.rule?.reach ?? 0);
  }

  advance(until: Instant): void {
    const { few, found, budget, rule } = this;
    for (; this.index < few.length && !budget.mustStop; this.index += 1) {
      const one = few[this.index];
      if (one.start - (rule?.reach ?? 0) > Math.min(until, found.bound)) return;
      budget.spend(1);
      const time = { start: Math.max(one.start, found.from), end: one.end };
      if (time.start >= time.end) continue;
      for (let next = this.index + 1; few[next]?.start < one.end; next += 1)
        if (few[next].end > time.start) this.add(one, few[next]);
      rule?.visitOverlapping(time, ({ start }) => {
        if (start !== one.originalStart) this.add(one, { start, originalStart: start });
        return start !== one.originalStart;
      });
    }
  }

  private add(...both: readonly Pick<Occurrence, 'start' | 'originalStart'>[]): void {
    for (const { start, originalStart } of both) this.found.add(start, originalStart);
  }
}
