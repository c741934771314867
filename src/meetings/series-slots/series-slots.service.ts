import { Injectable } from '@nestjs/common';
import { findSeriesSlots } from '../../calendar/availability/series-slots/find-series-slots.js';
import type { SeriesSlot } from '../../calendar/availability/series-slots/series-slot-query.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { LongWork } from '../../platform/work/long-work.js';
import {
  policyOfSearch,
  SearchCalendars,
  searchedPerson,
} from '../../scheduling/nearest-interval/search-calendars.service.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { SeriesSlotsQuery } from './series-slots-query.js';

/** The slots of a series. */
export interface SeriesSlots {
  readonly slots: readonly SeriesSlot[];
  /** The zone in which all occurrences have the same civil time. */
  readonly timeZone: string;
}

/** Finds times for whole series. */
@Injectable()
export class SeriesSlotsService {
  constructor(
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly access: CalendarAccessService,
    private readonly searched: SearchCalendars,
    private readonly longWork: LongWork,
  ) {}

  /**
   * Finds the best times of a series for all persons and rooms.
   * @throws {DomainError} not-found `user_not_found`, `room_not_found`; invalid, naming the field
   */
  async find(query: SeriesSlotsQuery): Promise<SeriesSlots> {
    const {
      userIds,
      roomIds,
      optionalIds,
      repeat,
      workingHours,
      pending,
      timeZone: named,
      ...wanted
    } = query;
    await this.directory.expectAllVisible({ userIds, optionalIds });
    const persons = await this.users.getPersons(userIds, 'userIds');
    const rooms = await this.users.getRooms(roomIds, 'roomIds');
    const optional = await this.users.getPersons(optionalIds, 'optionalIds');
    const allIds = [...userIds, ...roomIds, ...optionalIds];
    const hidden = await this.access.hiddenOf(allIds);
    const zone = timeZone(named ?? persons[0].timeZone);
    const slots = await findSeriesSlots(
      { ...wanted, zone, rule: repeat.rule, inMonthOfStart: repeat.inMonthOfStart },
      {
        persons: persons.map((person) => searchedPerson(person, false, workingHours, hidden)),
        rooms: rooms.map((room) => searchedPerson(room, false, workingHours, hidden)),
        optional: optional.map((person) => searchedPerson(person, true, workingHours, hidden)),
      },
      async (window) => this.searched.read(allIds, window, policyOfSearch(pending), hidden),
      this.longWork.begin(),
    );
    return { slots, timeZone: zone.name };
  }
}
