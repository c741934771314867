import type { Interval } from '../../intervals/interval.js';
import type { Instant } from '../../time/civil-time.js';
import type { Availability } from '../availability.js';
import type { FreeIntervalQuery } from '../free-interval-query.js';
import { type SuggestionsQuery, timeBetween } from './candidates.js';
import { LARGEST_DISTANCE, MeetingDistances } from './meeting-distances.js';
import { byDistance, separate } from './meeting-order.js';

type PreferenceQuery = SuggestionsQuery & Pick<FreeIntervalQuery, 'window'>;

/**
 * Chooses the suggestions of a search that prefers meetings close to, or far from, the busy time of the people who attend
 * and are not optional.
 */
export class PreferredMeetings {
  private readonly distances: MeetingDistances;

  private constructor(
    private readonly query: PreferenceQuery,
    private readonly required: readonly Availability[],
    private readonly prefer: 'compact' | 'spread',
  ) {
    this.distances = new MeetingDistances(
      required.map(({ person }) => person.id),
      query.window.start - LARGEST_DISTANCE,
    );
  }

  /** Returns null for a query that prefers the earliest meetings. @param required the people who are not optional */
  static of(query: PreferenceQuery, required: readonly Availability[]): PreferredMeetings | null {
    const { prefer = 'earliest' } = query;
    return prefer === 'earliest' ? null : new PreferredMeetings(query, required, prefer);
  }

  /**
   * Adds the next part of the search. `busy` reaches from `LARGEST_DISTANCE` before the window of the query, in the first
   * part, to as much after it, in the last part.
   */
  extend({ end }: Interval, busy: ReadonlyMap<number, readonly Interval[]>): void {
    this.distances.extend(end === this.query.window.end ? end + LARGEST_DISTANCE : end, busy);
  }

  /** Returns whether the parts up to an instant suffice for these meetings, which are in order of time. */
  isExactFor(meetings: readonly Interval[], knownUntil: Instant): boolean {
    const last = meetings.at(-1);
    return last === undefined || last.end + LARGEST_DISTANCE <= knownUntil;
  }

  /** Returns the suggestions among all possible meetings, in the order of the preference. */
  choose(meetings: readonly Interval[]): Interval[] {
    const rated = byDistance(
      this.prefer,
      meetings.map((meeting) => ({ ...meeting, distance: this.distanceOf(meeting) })),
    ).map(({ start, end }) => ({ start, end }));
    const { starts = 'separate', limit } = this.query;
    return starts === 'all' ? rated.slice(0, limit) : separate(rated, timeBetween(this.query), limit);
  }

  private distanceOf(meeting: Interval): number {
    const attending = this.required.filter((each) => each.isFree(meeting));
    return this.distances.of(
      meeting,
      attending.map(({ person }) => person.id),
    );
  }
}
