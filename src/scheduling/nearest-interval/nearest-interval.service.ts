import { Injectable } from '@nestjs/common';
import type { FreeIntervalAnswer } from '../../calendar/availability/search/free-interval-answer.js';
import {
  firstWindowRead,
  nearestFreeIntervals,
} from '../../calendar/availability/search/nearest-free-intervals.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import type { WallClockGrid } from '../../calendar/time/wall-clock-grid.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { requireAll } from '../../users/model/require-all.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { CalendarsService } from '../calendars/calendars.service.js';
import { EventsByPart } from './events-by-part.js';
import type { NearestIntervalQuery } from './nearest-interval-query.js';
import { policyOfSearch, SearchCalendars, searchedPerson } from './search-calendars.service.js';

/** Finds time together. */
@Injectable()
export class NearestIntervalService {
  constructor(
    private readonly calendars: CalendarsService,
    private readonly searched: SearchCalendars,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
  ) {}

  /**
   * Finds the nearest intervals in which all required users, or `minAttending` of them, are free and at work.
   * @throws {DomainError} not-found `user_not_found`, naming the users that do not exist
   */
  async find(query: NearestIntervalQuery): Promise<FreeIntervalAnswer> {
    const { requiredIds, optionalIds, step, workingHours, ...wanted } = query;
    const pending = policyOfSearch(query.pending);
    const userIds = [...requiredIds, ...optionalIds];
    await this.directory.expectAllVisible({ requiredIds, optionalIds });
    const first = firstWindowRead(wanted);
    const calendars = await this.calendars.read(userIds, first, pending);
    const hidden = await this.access.hiddenOf(userIds, calendars.changes);
    const required = requireAll(requiredIds, calendars.owners, 'requiredIds');
    const optional = requireAll(optionalIds, calendars.owners, 'optionalIds');
    const personOf = (owner: CalendarOwner, isOptional: boolean) =>
      searchedPerson(owner, isOptional, workingHours, hidden);
    // Without explanations, or with `pending=free`, no rule drops pending time.
    const firmIds = query.explain && query.pending === 'busy' ? requiredIds : [];
    return nearestFreeIntervals(
      { ...wanted, step: gridOf(step, required[0]) },
      [...required.map((owner) => personOf(owner, false)), ...optional.map((owner) => personOf(owner, true))],
      async (window) => {
        const isRead = hidden.size === 0 && firmIds.length === 0 && window.start === first.start;
        return isRead
          ? new EventsByPart(calendars)
          : this.searched.read(userIds, window, pending, hidden, firmIds);
      },
    );
  }
}

function gridOf(step: number | null, first: CalendarOwner): WallClockGrid | null {
  return step === null ? null : { period: step, zone: timeZone(first.timeZone) };
}
