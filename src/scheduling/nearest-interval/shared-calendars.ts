import type { BusyTimeByPart } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';
import { heldApart } from '../calendars/calendars-with-holds.js';

/** The calendars of users some of which are hidden from a caller. */
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
    return heldApart(this.visible).busyIn(part);
  }

  /** The held time of the users who share a calendar. */
  async heldIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    const held = new Map(await heldApart(this.visible).heldIn?.(part));
    for (const id of this.unavailableIds) held.delete(id);
    return held;
  }

  async hiddenIn(part: Interval): Promise<ReadonlyMap<number, readonly Interval[]>> {
    const hidden = new Map<number, readonly Interval[]>(await this.all.busyIn(part));
    for (const id of this.unavailableIds) hidden.set(id, [part]);
    return hidden;
  }
}
