import { Injectable } from '@nestjs/common';
import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import type { Person } from '../../calendar/availability/free-interval-query.js';
import type { BusyTimeByPart } from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { HiddenCalendars } from '../../calendars/model/grants/hidden-calendars.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { isResource } from '../../users/model/user-record.js';
import { awayTimeOf, workingHoursOf } from '../../users/model/user-time.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { CalendarsOfSearch } from './calendars-of-search.js';
import { EventsByPart } from './events-by-part.js';

/** The calendars that are hidden from a caller, by user. */
type HiddenByUser = ReadonlyMap<number, HiddenCalendars>;

/** Reads the calendars of a search as its caller may see them. */
@Injectable()
export class SearchCalendars {
  constructor(private readonly calendars: CalendarsService) {}

  /**
   * The calendars of users for a caller to whom some of them are hidden. Hidden time blocks too, so that no suggestion is
   * an interval that a booking then refuses. Time in which users are away is not among it: see `searchedPerson`.
   * @param firmIds the users whose pending time is told apart
   */
  async read(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    hidden: HiddenByUser,
    firmIds: readonly number[] = [],
  ): Promise<BusyTimeByPart> {
    if (hidden.size === 0 && firmIds.length === 0)
      return new EventsByPart(await this.calendars.read(userIds, window, pending));
    const partlyIds = [...hidden.values()].filter(({ all }) => !all).map(({ userId }) => userId);
    const hiddenIds = [...hidden.values()].flatMap(({ calendarIds }) => calendarIds);
    const read = async (ids: readonly number[], policy: ReadPolicy, exceptIds: readonly number[] = []) =>
      ids.length === 0 ? null : this.calendars.read(ids, window, policy, exceptIds);
    return new CalendarsOfSearch({
      visible: await this.calendars.read(userIds, window, pending, hiddenIds),
      all: await read(partlyIds, pending),
      firm: await read(firmIds, 'bookable', hiddenIds),
      unavailableIds: [...hidden.values()].filter(({ all }) => all).map(({ userId }) => userId),
    });
  }
}

/** The policy by which a search reads calendars: a suggestion is an interval that a booking gets. */
export function policyOfSearch(pending: PendingPolicy): ReadPolicy {
  return pending === 'free' ? 'bookable' : pending;
}

/**
 * A user in a search, with the time in which the user is away.
 * @param workingHours whether the working hours count. The opening hours of a room always do.
 */
export function searchedPerson(
  owner: CalendarOwner,
  optional: boolean,
  workingHours: boolean,
  hiddenByUser: HiddenByUser,
): Person {
  const hidden = hiddenByUser.get(owner.id);
  // A user who hides all calendars is unavailable under that rule alone. The service books no room outside of its opening hours.
  const hoursCount = (workingHours && !hidden?.all) || isResource(owner);
  return {
    id: owner.id,
    timeZone: timeZone(owner.timeZone),
    workingHours: hoursCount ? workingHoursOf(owner) : null,
    away: hidden?.all ? [] : awayTimeOf(owner),
    optional,
    ...(hidden && { hiddenCalendars: hidden.all ? 'all' : 'some' }),
  };
}
