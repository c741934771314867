/**
 * The starts of rules and the changes of clocks that one comparison may examine, which takes some 50 ms. Two rules of one
 * zone need at most 25,000 up to the end of the calendar, and nearly all pairs need none: their parts show that they never
 * meet.
 */
export const MAX_COMPARED_STARTS = 500_000;

/**
 * Counts the work of comparisons. Several comparisons may share a budget, such as those of all attendees of an event.
 * @example const budget = new ComparisonBudget(); conflictingOccurrences(event, calendar, { from, limit: 1, budget });
 */
export class ComparisonBudget {
  constructor(private left: number = MAX_COMPARED_STARTS) {}

  /** Whether nothing is left. */
  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** Takes units of work, more than are left too. */
  spend(units: number): void {
    this.left -= units;
  }
}
