import type { Interval } from '../../intervals/interval.js';
import { CIVIL_PADDING } from '../../recurrence/series/rule-runs.js';
import { type CivilTime, type Instant } from '../../time/civil-time.js';
import type { ChangesOfZone, ClockChange } from '../clocks/zone-changes.js';
import type { ComparisonBudget } from '../compared/comparison-budget.js';
import type { RuleTime } from '../compared/rule-time.js';
import type { Strand } from './strand.js';

/**
 * Whether a change of the clocks may change the length of an occurrence of a rule in civil time, or move a start or an end.
 * A comparison in civil time knows all other occurrences exactly.
 */
export function mayBeChanged({ times, length, isOfDays }: RuleTime, changes: ChangesOfZone): boolean {
  return times.some((time) => changes.mayTouch(time, isOfDays ? 0 : length));
}

/** Visits the occurrences of a rule that changes of the clocks touch, change by change. */
export class ChangedClocks implements Strand {
  private index = 0;
  private isOver = false;

  /**
   * @param reach the milliseconds before a change at which a conflict of an occurrence may start
   * @param visit is called with the time of each occurrence
   */
  constructor(
    private readonly rule: RuleTime,
    private readonly changes: ChangesOfZone,
    private readonly reach: number,
    private readonly budget: ComparisonBudget,
    private readonly visit: (time: Interval) => void,
  ) {}

  get doneUntil(): Instant {
    if (this.isOver) return Infinity;
    const change = this.changes.at(this.index);
    return change === null ? Infinity : change.at - this.reach;
  }

  advance(until: Instant): void {
    const { rule, budget, changes, reach } = this;
    while (!this.isOver && !budget.mustStop) {
      const change = changes.at(this.index);
      this.isOver = change === null || change.low - rule.length > rule.starts.last;
      if (this.isOver || change === null || change.at - reach > until) return;
      budget.spend(1);
      this.visitTouched(change);
      this.index += 1;
    }
  }

  private visitTouched({ low, high }: ClockChange): void {
    const { length, isOfDays } = this.rule;
    if (isOfDays) {
      this.visitStarts(low - length, high - length);
      this.visitStarts(low, high);
    } else this.visitStarts(low - length, high);
  }

  private visitStarts(low: CivilTime, high: CivilTime): void {
    const { starts } = this.rule;
    for (let civil = starts.next(low, high); civil <= high; civil = starts.next(civil + 1, high)) {
      const time = this.rule.at(civil);
      if (time) this.visit(time);
    }
  }
}

/** The reach of changes that touch one of two rules. */
export function reachOf(a: RuleTime, b: RuleTime): number {
  return a.length + b.length + 2 * CIVIL_PADDING;
}
