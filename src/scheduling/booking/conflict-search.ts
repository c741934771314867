import { Injectable } from '@nestjs/common';
import { BusyTimeInParts, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import { partsOf } from '../../calendar/availability/nearest-free-intervals.js';
import { type Interval, span } from '../../calendar/intervals/interval.js';
import { clip, intersect } from '../../calendar/intervals/interval-set.js';
import { DAY } from '../../calendar/time/civil-time.js';
import type { CalendarQuery } from '../calendars/calendar-reader.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import type { CalendarsOfWindow } from '../calendars/calendars-of-window.js';
import { type Conflict, firstInOrder, type TimeByUser } from './conflict.js';
import { CONFLICT_HORIZON_DAYS, MAX_CONFLICTS } from './conflict-limits.js';

/** The days of the calendars of all users that one statement reads: those of 50 users in a series of half a year. */
const MAX_USER_DAYS_AT_ONCE = 50 * CONFLICT_HORIZON_DAYS;

/** The time in which to look for conflicts of one event. */
export interface SearchedTime {
  /** The event itself, which is in conflict with others only. */
  readonly eventId: number;
  /** The time that the event takes, by window. */
  readonly taken: readonly TimeByUser[];
  /** Whether unanswered invitations make a user busy. */
  readonly pending: PendingPolicy;
}

/** Searches the calendars of users for events at the time of other events. */
@Injectable()
export class ConflictSearch {
  constructor(private readonly calendars: CalendarsService) {}

  /**
   * The first `MAX_CONFLICTS` of each event, by time, in the order of the events. The number of statements does not depend
   * on the number of events.
   * @param exceptCalendarIds calendars that are left out
   */
  async conflictsOf(
    searched: readonly SearchedTime[],
    exceptCalendarIds: readonly number[] = [],
  ): Promise<(readonly Conflict[])[]> {
    const found = searched.map((): readonly Conflict[] => []);
    const windows = Math.max(0, ...searched.map(({ taken }) => taken.length));
    for (let window = 0; window < windows; window += 1) {
      const open = searched
        .map(({ taken, ...time }, index) => ({ ...time, index, byUser: taken[window] ?? new Map() }))
        .filter(({ index, byUser }) => byUser.size > 0 && found[index].length < MAX_CONFLICTS);
      for (const pending of new Set(open.map((time) => time.pending))) {
        const alike = open
          .filter((time) => time.pending === pending)
          .map(({ index, byUser, eventId }) => ({
            index,
            byUser,
            userIds: [...byUser.keys()],
            window: windowOf(byUser),
            exceptEventId: eventId,
          }));
        for (const some of inChunks(alike)) {
          const calendars = await this.calendars.readAll(some, pending, exceptCalendarIds);
          for (const [place, { index, byUser, window: searchedWindow }] of some.entries()) {
            const conflicts = await conflictsIn(calendars[place], searchedWindow, byUser);
            found[index] = firstInOrder(found[index].concat(conflicts));
          }
        }
      }
    }
    return found;
  }
}

/** Splits queries, so that the process has the calendars of a part of them at a time. */
function inChunks<T extends CalendarQuery>(queries: readonly T[]): T[][] {
  const chunks: T[][] = [];
  let cost = Infinity;
  for (const query of queries) {
    const days = (query.window.end - query.window.start) / DAY;
    const ofQuery = query.userIds.length * Math.max(1, days);
    cost += ofQuery;
    if (cost > MAX_USER_DAYS_AT_ONCE) {
      chunks.push([]);
      cost = ofQuery;
    }
    chunks.at(-1)?.push(query);
  }
  return chunks;
}

function windowOf(byUser: TimeByUser): Interval {
  return [...new Set(byUser.values())].flat().reduce((all, interval) => span(all, interval));
}

/** Reads the calendars in order of time, until there are enough conflicts. */
async function conflictsIn(
  calendars: CalendarsOfWindow,
  window: Interval,
  takenByUser: TimeByUser,
): Promise<readonly Conflict[]> {
  const found = new Map([...takenByUser.keys()].map((userId) => [userId, new BusyTimeInParts()]));
  let first: readonly Conflict[] = [];
  for (const part of partsOf(window, calendars.partLength)) {
    const busy = await calendars.busyIn(part);
    for (const [userId, time] of takenByUser)
      found.get(userId)?.append(intersect(clip(time, part), busy.get(userId) ?? []));
    first = firstInOrder(
      [...found].flatMap(([userId, { set }]) => set.map(({ start, end }) => ({ userId, start, end }))),
    );
    // A conflict that reaches the end of the part may continue in the next one.
    if (first.length === MAX_CONFLICTS && first.every(({ end }) => end < part.end)) break;
  }
  return first;
}
