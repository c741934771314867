import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Person } from '../../calendar/availability/free-interval-query.js';
import type { BusyTimeByPart } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { HiddenCalendars } from '../../calendars/model/grants/hidden-calendars.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { isResource } from '../../users/model/user-record.js';
import { workingHoursOf } from '../../users/model/user-time.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { SharedCalendars } from './shared-calendars.js';

/** The calendars that are hidden from a caller, by user. */
type HiddenByUser = ReadonlyMap<number, HiddenCalendars>;

/** Reads the calendars of a search as its caller may see them. */
@Injectable()
export class SearchCalendars {
  constructor(private readonly calendars: CalendarsService) {}

  /**
   * The calendars of users for a caller to whom some of them are hidden. Hidden time blocks too, so that no suggestion is
   * an interval that a booking then refuses.
   */
  async read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    hidden: HiddenByUser,
  ): Promise<BusyTimeByPart> {
    if (hidden.size === 0) return this.calendars.read(userIds, window, pending);
    const all = [...hidden.values()];
    const unavailableIds = all.filter((calendars) => calendars.all).map(({ userId }) => userId);
    const partlyIds = all.filter((calendars) => !calendars.all).map(({ userId }) => userId);
    const hiddenIds = all.flatMap(({ calendarIds }) => calendarIds);
    return new SharedCalendars(
      await this.calendars.read(userIds, window, pending, hiddenIds),
      await this.calendars.read(partlyIds, window, pending),
      unavailableIds,
    );
  }
}

/** The policy by which a search reads calendars: a suggestion is an interval that a booking gets. */
export function policyOfSearch(pending: PendingPolicy): ReadPolicy {
  return pending === 'free' ? 'bookable' : pending;
}

/** A user in a search. @param workingHours whether the working hours count. The opening hours of a room always do. */
export function searchedPerson(
  owner: CalendarOwner,
  optional: boolean,
  workingHours: boolean,
  hidden: HiddenByUser,
): Person {
  // A user who hides all calendars is unavailable under that rule alone. The service books no room outside of its opening hours.
  const hasHours = (workingHours && !hidden.get(owner.id)?.all) || isResource(owner);
  return {
    id: owner.id,
    timeZone: timeZone(owner.timeZone),
    workingHours: hasHours ? workingHoursOf(owner) : null,
    optional,
  };
}
