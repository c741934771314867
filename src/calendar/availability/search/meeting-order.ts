import type { Interval } from '../../intervals/interval.js';

/** A meeting, and its distance from the busy time of its people in milliseconds. */
export interface RatedMeeting extends Interval {
  readonly distance: number;
}

/**
 * Returns meetings by distance, for `compact` the smallest first, for `spread` the largest; those of equal distance are by
 * start.
 *
 * @example byDistance('compact', [{ start: 1, end: 2, distance: 9 }, { start: 5, end: 6, distance: 0 }]); // 5, then 1
 */
export function byDistance(prefer: 'compact' | 'spread', meetings: readonly RatedMeeting[]): RatedMeeting[] {
  const sign = prefer === 'compact' ? 1 : -1;
  return meetings.toSorted((a, b) => sign * (a.distance - b.distance) || a.start - b.start);
}

/**
 * Returns the first meetings of a list, at most `limit`, without those that are closer than `apart` milliseconds to one
 * before them in the list.
 *
 * @example separate([{ start: 5, end: 6 }, { start: 4, end: 5 }], 1, 9); // the first alone: the other one ends as it starts
 */
export function separate(meetings: readonly Interval[], apart: number, limit: number): Interval[] {
  const chosen: Interval[] = [];
  for (const meeting of meetings) {
    if (chosen.length === limit) break;
    const isApart = chosen.every(
      ({ start, end }) => end + apart <= meeting.start || meeting.end + apart <= start,
    );
    if (isApart) chosen.push(meeting);
  }
  return chosen;
}
