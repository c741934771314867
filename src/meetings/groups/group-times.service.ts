import { Injectable } from '@nestjs/common';
import type { FreeIntervalQuery } from '../../calendar/availability/free-interval-query.js';
import { findGroupTimes } from '../../calendar/availability/groups/find-group-times.js';
import type { GroupTimesAnswer } from '../../calendar/availability/groups/group-times-query.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { timeZone } from '../../calendar/time/time-zone.js';
import { CalendarAccessService } from '../../calendars/read/calendar-access.service.js';
import { LongWork } from '../../platform/work/long-work.js';
import {
  policyOfSearch,
  SearchCalendars,
  searchedPerson,
} from '../../scheduling/nearest-interval/search-calendars.service.js';
import type { AskedGroup } from '../model/asked-group.js';
import type { MeetingSearch } from '../model/meeting-search.js';
import { GroupMembersService } from './group-members.service.js';

/** Asks for times at which enough members of each group can meet. */
export interface GroupSearch extends MeetingSearch, Required<Pick<FreeIntervalQuery, SuggestionOption>> {
  /** At least one. */
  readonly groups: readonly AskedGroup[];
  /** The zone in which `step` counts; null: that of the first member. */
  readonly timeZone: string | null;
}

type SuggestionOption = 'starts' | 'prefer' | 'explain';

/** A time of groups, and those who would attend. */
export interface GroupSuggestion extends Interval {
  /** The ids of the members of each group, in the order of the groups. */
  readonly assignment: readonly (readonly number[])[];
  /** The optional persons who can attend, in the order of the request. */
  readonly optionalIds: readonly number[];
}

/** The times of groups. The rest is as in `GroupTimesAnswer`. */
export interface GroupSuggestions extends Pick<GroupTimesAnswer, 'relaxations' | 'nextStart'> {
  readonly suggestions: readonly GroupSuggestion[];
}

/** Finds times for meetings of groups. */
@Injectable()
export class GroupTimesService {
  constructor(
    private readonly members: GroupMembersService,
    private readonly access: CalendarAccessService,
    private readonly searched: SearchCalendars,
    private readonly longWork: LongWork,
  ) {}

  /**
   * Finds times for the groups. None of them is one that a booking of the same groups refuses.
   * @throws {DomainError} not-found `user_not_found`, naming the field
   */
  async find(query: GroupSearch): Promise<GroupSuggestions> {
    const { groups: asked, workingHours, pending, timeZone: named, step, optionalIds, ...wanted } = query;
    const found = await this.members.find(asked);
    const optional = await this.members.findOptional(optionalIds);
    const ids = [...found.members.map(({ id }) => id), ...optionalIds];
    const hidden = await this.access.hiddenOf(ids);
    const zone = timeZone(named ?? found.members.at(0)?.timeZone ?? 'UTC');
    // Without explanations, or with `pending=free`, no rule drops pending time.
    const firmIds = query.explain && pending === 'busy' ? found.namedIds : [];
    const { times, relaxations, nextStart } = await findGroupTimes(
      {
        ...wanted,
        groups: found.groups,
        namedIds: new Set(found.namedIds),
        step: step === null ? null : { period: step, zone },
      },
      [
        ...found.members.map((member) => searchedPerson(member, false, workingHours, hidden)),
        ...optional.map((person) => searchedPerson(person, true, workingHours, hidden)),
      ],
      async (window) => this.searched.read(ids, window, policyOfSearch(pending), hidden, firmIds),
    );
    const chooser = await this.members.chooser(found, query.window.start);
    const suggestions = await this.longWork.map(
      times,
      ({ start, end, freeIds }): GroupSuggestion => ({
        start,
        end,
        assignment: chooser.choose(start, freeIds) ?? [],
        optionalIds: optionalIds.filter((id) => freeIds.has(id)),
      }),
      () => chooser.work,
    );
    return { suggestions, relaxations, nextStart };
  }
}
