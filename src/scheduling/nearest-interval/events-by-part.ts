import type { BusyTimeByPart } from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';

/** The busy time of users by events alone: a search keeps the time in which they are away apart, as a rule of its own. */
export class EventsByPart implements BusyTimeByPart {
  constructor(private readonly calendars: CalendarsInWindow) {}

  get partLength(): number {
    return this.calendars.partLength;
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    return this.calendars.eventsIn(part);
  }
}
