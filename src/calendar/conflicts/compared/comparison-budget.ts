/**
 * The starts of rules and the changes of clocks that one comparison may examine: some 100 ms. Two rules need at most 25,000 up
 * to the end of the calendar if they start once a day, and nearly all pairs need none: their parts show that they never meet.
 * @public `docs/limits.md` lists it.
 */
export const MAX_COMPARED_STARTS = 500_000;

/** So many take a millisecond or two. */
const STARTS_BETWEEN_PAUSES = 4_000;

/**
 * Counts the work of comparisons. Several comparisons may share a budget, such as those of all attendees of an event.
 * @example const budget = new ComparisonBudget(); conflictingOccurrences(event, calendar, { from, limit: 1, budget });
 */
export class ComparisonBudget {
  private untilPause = STARTS_BETWEEN_PAUSES;
  private left: number;

  constructor(private readonly whole: number = MAX_COMPARED_STARTS) {
    this.left = whole;
  }

  /** Whether nothing is left. */
  get isSpent(): boolean {
    return this.left <= 0;
  }

  /** Whether the comparison stops: for a pause, or because nothing is left. */
  get mustStop(): boolean {
    return this.untilPause <= 0 || this.left <= 0;
  }

  /** Takes units of work, more than are left too. */
  spend(units: number): void {
    this.left -= units;
    this.untilPause -= units;
  }

  /** The units of work that are done. */
  get spent(): number {
    return this.whole - this.left;
  }

  /**
   * A budget with an equal part of what is left, so that one comparison leaves something for the others. The caller spends here
   * what was spent there.
   * @param comparisons the number of those that share the rest
   */
  part(comparisons: number): ComparisonBudget {
    return new ComparisonBudget(Math.max(0, Math.floor(this.left / comparisons)));
  }

  /** Goes on after a pause. */
  resume(): void {
    this.untilPause = STARTS_BETWEEN_PAUSES;
  }
}

/** A comparison that yields wherever its caller may pause. It returns the result. */
export type Comparing<T> = Generator<void, T, void>;

/**
 * The result of a comparison without pauses.
 * @example comparisonResult(conflictingOccurrences(event, calendar, choice)).occurrences
 * @public callers that may not pause use it
 */
export function comparisonResult<T>(comparing: Comparing<T>): T {
  for (;;) {
    const { done, value } = comparing.next();
    if (done) return value;
  }
}
