import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../../calendar/intervals/interval-set.js';
import { type Instant, SECOND } from '../../../calendar/time/civil-time.js';
import type { Conflict } from './conflict.js';
import type { SeriesTime } from './series-time.js';

/** A series whose conflicts with all other events are searched for, at each of its occurrences. */
export interface SearchedSeries {
  readonly time: SeriesTime;
  /** Those of its attendees whose conflicts are searched for. */
  readonly userIds: ReadonlySet<number>;
  /** Whether unanswered invitations make a user busy. */
  readonly pending: PendingPolicy;
  /** The events that are no conflict of a user: the series itself, and parts of it. */
  readonly exceptIdsOf: (userId: number) => ReadonlySet<number>;
  /** The instant from which on the time of a user counts. */
  readonly fromOf: (userId: number) => Instant;
  /** The part of an interval that is not searched, because the event has it already. */
  readonly heldOf: ((userId: number, interval: Interval) => IntervalSet) | null;
}

/** The first conflicts of an event, by time. */
export interface FoundConflicts {
  readonly conflicts: readonly Conflict[];
  /** Null: all conflicts are found, or the first `MAX_CONFLICTS`. Otherwise those of occurrences before this instant. */
  readonly checkedUntil: Instant | null;
}

export const NO_CONFLICTS: FoundConflicts = { conflicts: [], checkedUntil: null };

/** The earlier of two instants up to which something is checked; null: all of it. */
export function earlier(a: Instant | null, b: Instant | null): Instant | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

/** A response has whole seconds. */
export function inWholeSeconds(instant: Instant | null): Instant | null {
  return instant === null ? null : Math.floor(instant / SECOND) * SECOND;
}
