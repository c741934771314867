import { Injectable } from '@nestjs/common';
import type { Person } from '../../calendar/availability/free-interval-query.js';
import type { FreeIntervalAnswer } from '../../calendar/availability/search/free-interval-answer.js';
import {
  firstWindowRead,
  nearestFreeIntervals,
} from '../../calendar/availability/search/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { WallClockGrid } from '../../calendar/time/wall-clock-grid.js';
import type { HiddenCalendars } from '../../calendars/model/grants/hidden-calendars.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { requireAll } from '../../users/model/require-all.js';
import { isResource } from '../../users/model/user-record.js';
import { awayTimeOf, workingHoursOf } from '../../users/model/user-time.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { CalendarsOfSearch } from './calendars-of-search.js';
import { EventsByPart } from './events-by-part.js';
import type { NearestIntervalQuery } from './nearest-interval-query.js';

/** Finds time together. */
@Injectable()
export class NearestIntervalService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
  ) {}

  /**
   * Finds the nearest intervals in which all required users, or `minAttending` of them, are free and at work.
   * @throws {DomainError} not-found `user_not_found`, naming the users that do not exist
   */
  async find(query: NearestIntervalQuery): Promise<FreeIntervalAnswer> {
    const { requiredIds, optionalIds, step, workingHours, ...wanted } = query;
    // A suggestion is an interval that a booking gets.
    const pending = query.pending === 'free' ? 'bookable' : query.pending;
    const userIds = [...requiredIds, ...optionalIds];
    await this.directory.expectAllVisible({ requiredIds, optionalIds });
    const first = firstWindowRead(wanted);
    const calendars = await this.calendars.read(userIds, first, pending);
    const hidden = await this.access.hiddenOf(userIds, calendars.changes);
    const required = requireAll(requiredIds, calendars.owners, 'requiredIds');
    const optional = requireAll(optionalIds, calendars.owners, 'optionalIds');
    const person = (isOptional: boolean) => (owner: CalendarOwner) =>
      personOf(owner, { optional: isOptional, workingHours, hidden: hidden.get(owner.id) });
    // Without explanations, or with `pending=free`, no rule drops pending time.
    const firmIds = query.explain && query.pending === 'busy' ? requiredIds : [];
    return nearestFreeIntervals(
      { ...wanted, step: gridOf(step, required[0]) },
      [...required.map(person(false)), ...optional.map(person(true))],
      async (window) => {
        if (hidden.size > 0 || firmIds.length > 0)
          return this.readApart(userIds, window, pending, { firmIds, hidden: [...hidden.values()] });
        return new EventsByPart(
          window.start === first.start ? calendars : await this.calendars.read(userIds, window, pending),
        );
      },
    );
  }

  /**
   * Reads the calendars of a search that tells some of their time apart. Time that is hidden from the caller blocks too, so
   * that no suggestion is an interval that a booking then refuses.
   * @param firmIds the users whose pending time is told apart
   */
  private async readApart(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    { firmIds, hidden }: { readonly firmIds: readonly number[]; readonly hidden: readonly HiddenCalendars[] },
  ): Promise<CalendarsOfSearch> {
    const partlyIds = hidden.filter(({ all }) => !all).map(({ userId }) => userId);
    const hiddenIds = hidden.flatMap(({ calendarIds }) => calendarIds);
    const read = async (ids: readonly number[], policy: ReadPolicy, exceptIds: readonly number[] = []) =>
      ids.length === 0 ? null : this.calendars.read(ids, window, policy, exceptIds);
    return new CalendarsOfSearch({
      visible: await this.calendars.read(userIds, window, pending, hiddenIds),
      all: await read(partlyIds, pending),
      firm: await read(firmIds, 'bookable', hiddenIds),
    });
  }
}

function gridOf(step: number | null, first: CalendarOwner): WallClockGrid | null {
  return step === null ? null : { period: step, zone: timeZone(first.timeZone) };
}

interface SearchedAs {
  readonly optional: boolean;
  readonly workingHours: boolean;
  readonly hidden: HiddenCalendars | undefined;
}

function personOf(owner: CalendarOwner, { optional, workingHours, hidden }: SearchedAs): Person {
  // The service books no room outside of its opening hours. A user who hides all calendars is unavailable under that rule
  // alone.
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
