import { Injectable } from '@nestjs/common';
import type { FreeIntervalAnswer } from '../../calendar/availability/free-interval-answer.js';
import type { Person } from '../../calendar/availability/free-interval-query.js';
import { firstWindowRead, nearestFreeIntervals } from '../../calendar/availability/nearest-free-intervals.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { WallClockGrid } from '../../calendar/time/wall-clock-grid.js';
import type { HiddenCalendars } from '../../calendars/model/grants/hidden-calendars.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { requireAll } from '../../users/model/require-all.js';
import { isResource } from '../../users/model/user-record.js';
import { workingHoursOf } from '../../users/model/user-time.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { heldApart } from '../calendars/calendars-with-holds.js';
import type { NearestIntervalQuery } from './nearest-interval-query.js';
import { SharedCalendars } from './shared-calendars.js';

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
    // A user who hides all calendars is unavailable under that rule alone.
    const hasHours = ({ id }: CalendarOwner) => workingHours && !hidden.get(id)?.all;
    return nearestFreeIntervals(
      { ...wanted, step: gridOf(step, required[0]) },
      [
        ...required.map((owner) => personOf(owner, false, hasHours(owner))),
        ...optional.map((owner) => personOf(owner, true, hasHours(owner))),
      ],
      async (window) => {
        if (hidden.size > 0) return this.readShared(userIds, window, pending, [...hidden.values()]);
        const isFirst = window.start === first.start;
        return heldApart(isFirst ? calendars : await this.calendars.read(userIds, window, pending));
      },
    );
  }

  /**
   * The calendars of a search for a caller to whom some of them are hidden. Hidden time blocks too, so that no suggestion is
   * an interval that a booking then refuses.
   */
  private async readShared(
    userIds: readonly number[],
    window: Interval,
    pending: ReadPolicy,
    hidden: readonly HiddenCalendars[],
  ): Promise<SharedCalendars> {
    const unavailableIds = hidden.filter(({ all }) => all).map(({ userId }) => userId);
    const partlyIds = hidden.filter(({ all }) => !all).map(({ userId }) => userId);
    const hiddenIds = hidden.flatMap(({ calendarIds }) => calendarIds);
    return new SharedCalendars(
      await this.calendars.read(userIds, window, pending, hiddenIds),
      await this.calendars.read(partlyIds, window, pending),
      unavailableIds,
    );
  }
}

function gridOf(step: number | null, first: CalendarOwner): WallClockGrid | null {
  return step === null ? null : { period: step, zone: timeZone(first.timeZone) };
}

function personOf(owner: CalendarOwner, optional: boolean, workingHours: boolean): Person {
  return {
    id: owner.id,
    timeZone: timeZone(owner.timeZone),
    // The service books no room outside of its opening hours.
    workingHours: workingHours || isResource(owner) ? workingHoursOf(owner) : null,
    optional,
  };
}
