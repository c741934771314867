import type { Interval } from '../../calendar/intervals/interval.js';
import type { CivilTime, Instant } from '../../calendar/time/civil-time.js';
import type { OverrideTimesRecord } from './series-record.js';

/**
 * One time at which an event takes place.
 * @typeParam O the columns of its override that the query has read
 */
export interface EventOccurrence<O extends OverrideTimesRecord = OverrideTimesRecord> extends Interval {
  /** The start that the series gives the occurrence: its identity, also if an override moves the occurrence. */
  readonly originalStart: Instant;
  readonly originalCivilStart: CivilTime;
  readonly override: O | null;
}
