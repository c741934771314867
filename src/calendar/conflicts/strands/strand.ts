import type { Instant } from '../../time/civil-time.js';

/**
 * A part of a comparison that proceeds in the order of time: one rule against another, a rule against single times, or
 * the changes of the clocks of a zone. It stops if the budget is spent, and may go on with another one.
 */
export interface Strand {
  /** All conflicts of occurrences that start before this instant are found; infinity if all are. */
  readonly doneUntil: Instant;
  /** Finds the conflicts of the occurrences that start up to an instant. */
  advance(until: Instant): void;
}
