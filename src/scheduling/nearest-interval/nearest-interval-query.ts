import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { FreeIntervalQuery } from '../../calendar/availability/free-interval-query.js';

/** Asks for the nearest intervals in which users are free. */
export interface NearestIntervalQuery extends Omit<FreeIntervalQuery, 'step'> {
  /** The users who must be free, each once, at least one. */
  readonly requiredIds: readonly number[];
  /** Users whose busy time does not matter; none of `requiredIds`. */
  readonly optionalIds: readonly number[];
  /** Milliseconds between the possible starts on the wall clock of the first required user; null: any start. */
  readonly step: number | null;
  readonly pending: PendingPolicy;
  /** Whether the working hours of the users count. */
  readonly workingHours: boolean;
}
