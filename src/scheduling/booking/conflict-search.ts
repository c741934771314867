import { Injectable } from '@nestjs/common';
import { BusyTimeInParts, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import { type Interval, overlaps, span } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import type { BusyBesideEvents } from '../calendars/busy-beside-events.js';
import { CalendarsService, DAYS_OF_ONE_READ, daysOf } from '../calendars/calendars.service.js';
import type { WindowsByUser } from '../calendars/calendars-beside-events.js';
import { type Conflict, firstInOrder, type TimeByUser } from './conflicts/conflict.js';
import { MAX_CONFLICTS } from './conflicts/conflict-limits.js';

/** The time in which to look for conflicts of one event. */
export interface SearchedTime {
  /** The event itself, which is in conflict with others only. */
  readonly eventId: number;
  /** The time that the event takes, by window. */
  readonly taken: readonly TimeByUser[];
  /** Whether unanswered invitations make a user busy. */
  readonly pending: PendingPolicy;
}

/** The calendars of users around some events. */
export interface SearchedCalendars {
  /** The parts of all windows, in order of time. */
  parts(): Iterable<Interval>;
  /** The busy time of some of the users in a part of their windows. */
  busyIn(part: Interval, userIds: ReadonlySet<number>): Promise<BusyBesideEvents>;
}

/** Gives the calendars of users in windows. @see `CalendarsService.readBeside` */
export type CalendarSource = (
  windows: WindowsByUser,
  eventIds: readonly number[],
  pending: PendingPolicy,
  exceptCalendarIds: readonly number[],
) => Promise<SearchedCalendars>;

/** Searches the calendars of users for events at the time of other events. */
@Injectable()
export class ConflictSearch {
  constructor(private readonly calendars: CalendarsService) {}

  /**
   * The first `MAX_CONFLICTS` of each event, by time, in the order of the events. The service reads the calendar of a user,
   * and expands the series in it, once for all events that are near each other.
   * @param exceptCalendarIds calendars that are left out @param read gives the calendars; by default, the database does
   */
  async conflictsOf(
    searched: readonly SearchedTime[],
    exceptCalendarIds: readonly number[] = [],
    read: CalendarSource = async (...asked) => this.calendars.readBeside(...asked),
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
          .map(({ index, eventId, byUser }) => new OpenSearch(index, eventId, byUser));
        for (const { searches, windows: ofUsers } of inChunks(alike)) {
          const eventIds = searches.map(({ eventId }) => eventId);
          await runAll(searches, await read(ofUsers, eventIds, pending, exceptCalendarIds));
          for (const { index, first } of searches) found[index] = firstInOrder(found[index].concat(first));
        }
      }
    }
    return found;
  }
}

/** The search for the conflicts of one event in one window. */
class OpenSearch {
  readonly window: Interval;
  /** The first conflicts so far, by time. */
  first: readonly Conflict[] = [];
  /** Whether no later part of the calendars changes `first`. */
  isOver = false;
  private readonly found: ReadonlyMap<number, BusyTimeInParts>;

  constructor(
    readonly index: number,
    readonly eventId: number,
    private readonly byUser: TimeByUser,
  ) {
    this.window = [...new Set(byUser.values())].flat().reduce((all, interval) => span(all, interval));
    this.found = new Map(this.userIds.map((userId) => [userId, new BusyTimeInParts()]));
  }

  get userIds(): readonly number[] {
    return [...this.byUser.keys()];
  }

  /** Searches the next part of the calendars. The parts come in order of time. */
  async advance(part: Interval, busy: BusyBesideEvents): Promise<void> {
    for (const [userId, time] of this.byUser)
      this.found.get(userId)?.append(await busy.within(clip(time, part), userId, this.eventId));
    this.first = firstInOrder(
      [...this.found].flatMap(([userId, { set }]) => set.map(({ start, end }) => ({ userId, start, end }))),
    );
    // A conflict that reaches the end of the part may continue in the next one.
    this.isOver = this.first.length === MAX_CONFLICTS && this.first.every(({ end }) => end < part.end);
  }
}

/** Reads the calendars in order of time, until each search has enough conflicts. */
async function runAll(searches: readonly OpenSearch[], calendars: SearchedCalendars): Promise<void> {
  for (const part of calendars.parts()) {
    const open = searches.filter(({ isOver, window }) => !isOver && overlaps(window, part));
    if (open.length === 0) continue;
    const busy = await calendars.busyIn(part, new Set(open.flatMap(({ userIds }) => userIds)));
    for (const each of open) await each.advance(part, busy);
  }
}

/** Searches that share the calendars of their users. */
interface Chunk {
  readonly searches: OpenSearch[];
  readonly windows: Map<number, IntervalSet>;
  days: number;
}

/** Splits searches, so that the process has the calendars of a part of them at a time. */
function inChunks(searches: readonly OpenSearch[]): Chunk[] {
  const chunks: Chunk[] = [];
  for (const each of searches) {
    const last = chunks.at(-1);
    if (last && last.days + growth(last.windows, each) <= DAYS_OF_ONE_READ) add(last, each);
    else {
      const next: Chunk = { searches: [], windows: new Map(), days: 0 };
      add(next, each);
      chunks.push(next);
    }
  }
  return chunks;
}

function add(chunk: Chunk, search: OpenSearch): void {
  chunk.days += growth(chunk.windows, search);
  for (const userId of search.userIds) chunk.windows.set(userId, widened(chunk.windows, userId, search));
  chunk.searches.push(search);
}

/** The days by which the windows grow with those of a search. */
function growth(windows: WindowsByUser, search: OpenSearch): number {
  return search.userIds.reduce((days, userId) => {
    const wider = widened(windows, userId, search);
    return days + daysOf(wider) - daysOf(windows.get(userId) ?? []);
  }, 0);
}

function widened(windows: WindowsByUser, userId: number, { window }: OpenSearch): IntervalSet {
  return normalise([...(windows.get(userId) ?? []), window]);
}
