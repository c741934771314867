import { CalendarError } from '../calendar-error.js';
import type { Interval } from '../intervals/interval.js';
import { lengthOf } from '../intervals/interval.js';
import type { IntervalSet } from '../intervals/interval-set.js';
import { MAX_DAYS_IN_YEAR } from '../recurrence/rule/rule-limits.js';
import { DAY, HOUR } from '../time/civil-time.js';
import type { TimeZone } from '../time/time-zone.js';
import type { WallClockGrid } from '../time/wall-clock-grid.js';
import type { WorkingHours } from './working-hours.js';

/** A person for whom a search looks for time. */
export interface Person {
  /** Unique among the people of a search. */
  readonly id: number;
  /** Null if any time is working time. */
  readonly workingHours: WorkingHours | null;
  /** The zone of the working hours. */
  readonly timeZone: TimeZone;
  /** The time in which the person is away, which is busy time by a rule of its own; absent: none. */
  readonly away?: IntervalSet;
  /** An optional person blocks no suggestion; the answer only states whether the person can attend. */
  readonly optional: boolean;
  /**
   * Which calendars of the person the reader of the answer may not see; absent: none. With `all`, the person is never
   * available, under that rule alone.
   */
  readonly hiddenCalendars?: 'some' | 'all';
}

/**
 * Which starts a search suggests. `separate`: suggestions that do not overlap, buffers included, so that all of them can be
 * booked. `all`: every start on the grid; suggestions may overlap.
 */
export type SuggestedStarts = 'separate' | 'all';

/**
 * The order of suggestions. `earliest`: by start. `compact` and `spread`: by the mean distance to the nearest busy time of
 * the attending people who are not optional, see `MeetingDistances`; the smallest first, or the largest. Equal ones are by
 * start.
 */
export type Preference = 'earliest' | 'compact' | 'spread';

/** The conditions for a common free interval; all lengths are milliseconds. */
export interface FreeIntervalQuery {
  /** Encloses all suggestions. The search tries its start first, so the start is a whole second. */
  readonly window: Interval;
  /** The length of a suggestion: a whole number, more than 0. */
  readonly duration: number;
  /** The instants at which a suggestion may start; null if it may start at any. */
  readonly step: WallClockGrid | null;
  /** The time before a suggestion that must not be busy, from 0 to `MAX_BUFFER`. It need not be working time. */
  readonly bufferBefore: number;
  /** The time after a suggestion that must not be busy, from 0 to `MAX_BUFFER`. It need not be working time. */
  readonly bufferAfter: number;
  /** The number of people who are not optional and must be able to attend, at least 1; null if all of them must. */
  readonly minAttending: number | null;
  /** The largest number of suggestions, from 1 to `MAX_SUGGESTIONS`, or to `MAX_STARTS` with `starts: 'all'`. */
  readonly limit: number;
  /** By default `separate`. `all` needs a `step`. */
  readonly starts?: SuggestedStarts;
  /** By default `earliest`. The others need a `step`; they order the first `MAX_STARTS` starts. */
  readonly prefer?: Preference;
  /** Whether the answer has relaxations; by default false. */
  readonly explain?: boolean;
}

/**
 * The longest window of a search, in milliseconds: five years. A search without a result reads all of it. Few plans are
 * further ahead. `MAX_WINDOW` is shorter: it bounds the windows of requests, and one read of occurrences. A search
 * divides its window into blocks that each stay below `MAX_WINDOW`, so the core needs a bound of its own.
 * @public `docs/limits.md` lists it.
 */
export const MAX_SEARCH_WINDOW = 5 * MAX_DAYS_IN_YEAR * DAY;

/** The largest number of suggestions of one search: more than a reader needs. Each suggestion checks all people. */
export const MAX_SUGGESTIONS = 100;

/**
 * The largest number of starts that one search lists or orders: a month of working hours in quarters of an hour. The last
 * step of a search checks all people for each of them, which takes some milliseconds.
 */
export const MAX_STARTS = 1_000;

/**
 * The longest buffer, in milliseconds. Buffers widen each window that a search reads, so they stay well below a week.
 */
export const MAX_BUFFER = DAY;

/**
 * Checks that a query has a meaning for these people and does not cost too much. A window that is shorter than the
 * duration is valid, an empty one too: the search finds nothing.
 *
 * @throws CalendarError `invalid_free_interval_query` (invalid): a value out of its range, people named twice, no person
 * who is not optional
 * @throws CalendarError `free_interval_limit_exceeded` (limit-exceeded): a value above its limit in this file
 * @example checkFreeIntervalQuery(query, people);
 */
export function checkFreeIntervalQuery(query: FreeIntervalQuery, people: readonly Person[]): void {
  const { window, duration, step, bufferBefore, bufferAfter, minAttending, limit } = query;
  const { starts = 'separate', prefer = 'earliest' } = query;
  const required = people.filter(({ optional }) => !optional).length;
  demand(window.start <= window.end, 'The window must not end before it starts.');
  demand(isWholePositive(duration), 'The duration must be longer than nothing.');
  demand(
    step === null || (isWholePositive(step.period) && step.period <= DAY),
    `The step must be at most ${DAY / HOUR} hours.`,
  );
  demand(
    step !== null || (starts === 'separate' && prefer === 'earliest'),
    'All starts, and starts by a preference, need a step.',
  );
  demand(isWhole(bufferBefore) && isWhole(bufferAfter), 'A buffer must not be negative.');
  demand(isWholePositive(limit), 'At least one suggestion must be asked for.');
  demand(required > 0, 'At least one person must not be optional.');
  demand(new Set(people.map(({ id }) => id)).size === people.length, 'A person is named twice.');
  demand(
    minAttending === null || (isWholePositive(minAttending) && minAttending <= required),
    `The least number attending must be 1 to ${required}, the people who are not optional.`,
  );
  allow(lengthOf(window) <= MAX_SEARCH_WINDOW, `A search covers at most ${MAX_SEARCH_WINDOW / DAY} days.`);
  const most = starts === 'all' ? MAX_STARTS : MAX_SUGGESTIONS;
  allow(limit <= most, `A search gives at most ${most} suggestions.`);
  allow(Math.max(bufferBefore, bufferAfter) <= MAX_BUFFER, `A buffer is at most ${MAX_BUFFER / HOUR} hours.`);
}

function demand(condition: boolean, otherwise: string): void {
  if (!condition) throw new CalendarError('invalid', 'invalid_free_interval_query', otherwise);
}

function allow(condition: boolean, otherwise: string): void {
  if (!condition) throw new CalendarError('limit-exceeded', 'free_interval_limit_exceeded', otherwise);
}

function isWhole(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isWholePositive(value: number): boolean {
  return isWhole(value) && value > 0;
}
