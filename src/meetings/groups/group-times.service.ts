import { Injectable } from '@nestjs/common';
import { findGroupTimes } from '../../calendar/availability/groups/find-group-times.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import {
  policyOfSearch,
  SearchCalendars,
  searchedPerson,
} from '../../scheduling/nearest-interval/search-calendars.service.js';
import type { AskedGroup } from '../model/asked-group.js';
import type { MeetingSearch } from '../model/meeting-search.js';
import { GroupMembersService } from './group-members.service.js';

/** Asks for times at which enough members of each group can meet. */
export interface GroupSearch extends MeetingSearch {
  /** At least one. */
  readonly groups: readonly AskedGroup[];
  /** The zone in which `step` counts; null: that of the first member. */
  readonly timeZone: string | null;
}

/** A time of groups, and the members who would attend. */
export interface GroupSuggestion extends Interval {
  /** The ids of the members of each group, in the order of the groups. */
  readonly assignment: readonly (readonly number[])[];
}

/** Finds times for meetings of groups. */
@Injectable()
export class GroupTimesService {
  constructor(
    private readonly members: GroupMembersService,
    private readonly access: CalendarAccessService,
    private readonly searched: SearchCalendars,
  ) {}

  /**
   * Finds the nearest times for the groups. None of them is one that a booking of the same groups refuses.
   * @throws {DomainError} not-found `user_not_found`, naming the field
   */
  async find(query: GroupSearch): Promise<GroupSuggestion[]> {
    const { groups: asked, workingHours, pending, timeZone: named, step, ...wanted } = query;
    const found = await this.members.find(asked);
    const ids = found.members.map(({ id }) => id);
    const hidden = await this.access.hiddenOf(ids);
    const zone = timeZone(named ?? found.members.at(0)?.timeZone ?? 'UTC');
    const times = await findGroupTimes(
      { ...wanted, groups: found.groups, step: step === null ? null : { period: step, zone } },
      found.members.map((member) => searchedPerson(member, false, workingHours, hidden)),
      async (window) => this.searched.read(ids, window, policyOfSearch(pending), hidden),
    );
    const choose = await this.members.chooser(found, query.window.start);
    return times.map(({ start, end, freeIds }) => ({ start, end, assignment: choose(start, freeIds) ?? [] }));
  }
}
