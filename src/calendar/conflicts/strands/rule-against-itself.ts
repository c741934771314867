import { CIVIL_PADDING } from '../../recurrence/series/rule-runs.js';
import { type CivilTime, DAY, type Instant } from '../../time/civil-time.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/** Compares the starts of a rule with the later starts of the same rule, in civil time. It ends if no starts overlap for a period of the rule. */
export class RuleAgainstItself implements Strand {
  private low: CivilTime;
  private end: CivilTime;

  constructor(
    private readonly rule: RuleTime,
    private readonly found: FoundOccurrences,
    private readonly budget: ComparisonBudget,
  ) {
    const { starts, zone, length, shortestDistance } = rule;
    this.low = Math.max(starts.first, zone.toCivil(found.from) - length - CIVIL_PADDING);
    this.end = shortestDistance >= length ? -Infinity : Math.min(starts.last, this.low + this.period);
  }

  get doneUntil(): Instant {
    return this.low > this.end ? Infinity : this.rule.zone.toInstant(this.low) - CIVIL_PADDING;
  }

  advance(until: Instant): void {
    const { rule, found, budget } = this;
    while (!budget.mustStop) {
      const to = Math.min(this.end, rule.zone.toCivil(Math.min(until, found.bound)) + CIVIL_PADDING);
      if (this.low > to) return;
      const start = rule.starts.next(this.low, to);
      if (start <= to) this.check(start);
      this.low = Math.min(start, to) + 1;
    }
  }

  private get period(): number {
    return this.rule.pattern.period * DAY + this.rule.length;
  }

  private check(start: CivilTime): void {
    const { rule, found } = this;
    const last = start + rule.length - 1;
    const time = rule.at(start);
    let civil = rule.starts.next(start + 1, last);
    if (civil <= last) this.end = Math.min(rule.starts.last, Math.max(this.end, start + this.period));
    for (; civil <= last; civil = rule.starts.next(civil + 1, last)) {
      const other = time && rule.at(civil);
      if (time && other && other.start !== time.start && overlapAfter(found.from, time, other)) {
        found.add(time.start, time.start);
        found.add(other.start, other.start);
        return;
      }
    }
  }
}

function overlapAfter(
  from: Instant,
  a: { start: Instant; end: Instant },
  b: { start: Instant; end: Instant },
): boolean {
  const end = Math.min(a.end, b.end);
  return end > from && Math.max(a.start, b.start) < end;
}
