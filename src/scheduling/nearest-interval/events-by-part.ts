import type { BusyTimeByPart } from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';
import { heldTimeIn } from '../calendars/calendars-with-holds.js';

/** The busy time of users by events alone: a search keeps held time, and the time in which they are away, apart. */
export class EventsByPart implements BusyTimeByPart {
  constructor(private readonly calendars: CalendarsInWindow) {}

  get partLength(): number {
    return this.calendars.partLength;
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    return this.calendars.eventsIn(part);
  }

  async heldIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    return heldTimeIn(this.calendars, part);
  }
}
