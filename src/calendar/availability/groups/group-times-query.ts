import type { Interval } from '../../intervals/interval.js';
import type { Instant } from '../../time/civil-time.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import type { Relaxation } from '../search/relaxations.js';
import type { MeetingGroup } from './chosen-members.js';

/** The conditions for times of groups. All lengths are milliseconds. Without `minAttending`, they are those of one group. */
export interface GroupTimesQuery extends Omit<FreeIntervalQuery, 'minAttending'> {
  /** At least one. */
  readonly groups: readonly MeetingGroup[];
  /**
   * The members whom the request names. Each is in one group. The distance of a preference is that of their busy time, and the
   * relaxations are those of their rules.
   */
  readonly namedIds: ReadonlySet<number>;
}

/** A time at which enough members of each group can meet. */
export interface GroupTime extends Interval {
  /** All people of the search who are free, the optional ones included. */
  readonly freeIds: ReadonlySet<number>;
}

/** The result of a search for times of groups. */
export interface GroupTimesAnswer {
  /** In the order of the query's preference, by default the nearest first. */
  readonly times: readonly GroupTime[];
  /** The meetings that a single rule of a named member prevents, by start; null if the query does not ask for them. */
  readonly relaxations: readonly Relaxation[] | null;
  /** With `starts: 'all'`, the first start after those that the search has considered; null if there is none. */
  readonly nextStart: Instant | null;
}
