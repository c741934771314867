import type { BusyTimeByPart } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';

/** The calendars of users some of which are hidden from a caller, by events alone. */
export class SharedCalendars implements BusyTimeByPart {
  readonly partLength: number;

  /**
   * @param visible the calendars that the caller may see @param all all calendars of the users who hide some of them
   * @param unavailableIds the users who hide all calendars, and so are never available to the caller
   */
  constructor(
    private readonly visible: CalendarsInWindow,
    private readonly all: CalendarsInWindow,
    private readonly unavailableIds: readonly number[],
  ) {
    this.partLength = Math.min(visible.partLength, all.partLength);
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    return this.visible.eventsIn(part);
  }

  async hiddenIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    const hidden = new Map<number, readonly Interval[]>(await this.all.eventsIn(part));
    for (const id of this.unavailableIds) hidden.set(id, [part]);
    return hidden;
  }
}
