import { CIVIL_PADDING } from '../../recurrence/series/rule-runs.js';
import { type CivilTime, DAY, type Instant } from '../../time/civil-time.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import { leastMultiple } from '../patterns/day-pattern.js';
import type { FoundOccurrences } from './found-occurrences.js';
import type { Strand } from './strand.js';

/**
 * Compares two rules in civil time, while the readings of their clocks differ by `shift`. The comparison leaps from a start
 * of one rule to the next start of the other that may overlap it. It checks each pair that overlaps in civil time by its
 * instants. It ends if it meets no such pair for the joint period of the rules: there is none after it either.
 */
export class RuleAgainstRule implements Strand {
  private low: CivilTime;
  private end: CivilTime;
  private readonly hardEnd: CivilTime;
  private readonly period: number;

  constructor(
    private readonly a: RuleTime,
    private readonly b: RuleTime,
    private readonly shift: number,
    private readonly found: FoundOccurrences,
    private readonly budget: ComparisonBudget,
  ) {
    this.hardEnd = Math.min(a.starts.last, b.starts.last + shift + b.length);
    this.low = Math.max(
      a.starts.first,
      b.starts.first + shift - a.length,
      a.zone.toCivil(found.from) - a.length - CIVIL_PADDING,
    );
    this.period = leastMultiple(a.pattern.period, b.pattern.period) * DAY + a.length + b.length;
    this.end = Math.min(this.hardEnd, Math.max(this.low, b.starts.first + shift) + this.period);
  }

  get doneUntil(): Instant {
    return this.low > this.end ? Infinity : this.a.zone.toInstant(this.low) - CIVIL_PADDING;
  }

  advance(until: Instant): void {
    const { a, b, shift, found, budget } = this;
    while (!budget.mustStop) {
      const high = a.zone.toCivil(Math.min(until, found.bound)) + CIVIL_PADDING;
      const to = Math.min(high, this.end);
      if (this.low > to) return;
      const start = a.starts.next(this.low, to);
      const other = b.starts.next(start - b.length + 1 - shift, to + a.length - shift) + shift;
      if (start > to) this.low = to + 1;
      else if (other >= start + a.length) this.low = Math.max(start, Math.min(other - a.length, to)) + 1;
      else if (this.check(start, other)) this.low = start + 1;
    }
  }

  /**
   * Compares a start with the starts of the other rule from `other` on that overlap it in civil time. Returns false if the
   * budget ends before.
   */
  private check(start: CivilTime, other: CivilTime): boolean {
    const { a, b, shift, found, budget } = this;
    this.end = Math.min(this.hardEnd, Math.max(this.end, start + this.period));
    const time = a.at(start);
    if (time === null) return true;
    const last = start + a.length - 1;
    for (let civil = other; civil <= last; ) {
      const taken = b.at(civil - shift);
      const end = Math.min(time.end, taken?.end ?? -Infinity);
      if (taken && Math.max(time.start, taken.start) < end && end > found.from) {
        found.add(time.start, time.start);
        return true;
      }
      if (budget.isSpent) return false;
      civil = b.starts.next(civil + 1 - shift, last - shift) + shift;
    }
    return true;
  }
}
