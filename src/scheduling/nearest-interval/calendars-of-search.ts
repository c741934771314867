import type { BusyTimeByPart } from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';
import { heldTimeIn } from '../calendars/calendars-with-holds.js';

/** Reads of the same window for one search. */
export interface ReadsOfSearch {
  /** The calendars that the caller may see. */
  readonly visible: CalendarsInWindow;
  /** All calendars of the users who hide some of them; null: nobody does. */
  readonly all: CalendarsInWindow | null;
  /** The calendars that the caller may see, without pending time; null: the search does not need it. */
  readonly firm: CalendarsInWindow | null;
  /** The users who hide all calendars. They show no hold either. */
  readonly unavailableIds: readonly number[];
}

type BusyTime = ReadonlyMap<number, readonly Interval[]>;

/** The calendars of a search, by events alone, for a caller to whom some are hidden, or who asks for relaxations. */
export class CalendarsOfSearch implements BusyTimeByPart {
  readonly partLength: number;

  constructor(private readonly reads: ReadsOfSearch) {
    const { visible, all, firm } = reads;
    this.partLength = Math.min(...[visible, all, firm].map((read) => read?.partLength ?? Infinity));
  }

  async busyIn(part: Interval): Promise<BusyTime> {
    return this.reads.visible.eventsIn(part);
  }

  async hiddenIn(part: Interval): Promise<BusyTime> {
    return (await this.reads.all?.eventsIn(part)) ?? new Map();
  }

  /** The held time of the users who share a calendar. */
  async heldIn(part: Interval): Promise<BusyTime> {
    const { visible, unavailableIds } = this.reads;
    const held = new Map(heldTimeIn(visible, part));
    for (const id of unavailableIds) held.delete(id);
    return held;
  }

  async firmIn(part: Interval): Promise<BusyTime> {
    return (await this.reads.firm?.eventsIn(part)) ?? new Map();
  }
}
