import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';

/** The conditions that all searches for meetings share. All lengths are milliseconds. */
export interface MeetingSearch {
  readonly window: Interval;
  readonly duration: number;
  readonly bufferBefore: number;
  readonly bufferAfter: number;
  /** Between the possible starts on the wall clock; null: any start. */
  readonly step: number | null;
  /** Persons who may attend but need not be free; none of the others of the search. */
  readonly optionalIds: readonly number[];
  /** The largest number of suggestions. */
  readonly limit: number;
  readonly pending: PendingPolicy;
  /** Whether the working hours of persons count. The opening hours of rooms always do. */
  readonly workingHours: boolean;
}
