import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Interval } from '../../calendar/intervals/interval.js';

/** Asks for the busy time of users. */
export interface FreeBusyQuery {
  /** Each user once. The result has their order. */
  readonly userIds: readonly number[];
  readonly window: Interval;
  readonly pending: PendingPolicy;
}
