import type { KindedInterval } from '../../calendar/availability/kinds/kinded-time.js';
import type { BusyTimeByPart } from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import type { IntervalSet } from '../../calendar/intervals/interval-set.js';
import type { TenantChanges } from '../../calendars/read/known/tenant-changes.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';

/** The calendars of users in a window, with the open holds on the users. */
export interface CalendarsInWindow extends BusyTimeByPart {
  /** The users that exist. */
  readonly owners: ReadonlyMap<number, CalendarOwner>;
  /** The changes of the tenant, if the read has noted a look-up of them; else null. */
  readonly changes: TenantChanges | null;
  /**
   * The busy time of each user in a part of the window, cut at its borders; `[]` for a user who is free. Time in which the
   * user is away is busy time.
   */
  busyIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>>;
  /** The same by events alone. */
  eventsIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>>;
  /**
   * The same as `busyIn` with the kind of the time: each instant has the strongest kind of the events that take it. Time
   * in which the user is away is of the kind `out_of_office`.
   */
  kindsIn(part: Interval): Promise<ReadonlyMap<number, readonly KindedInterval[]>>;
}
