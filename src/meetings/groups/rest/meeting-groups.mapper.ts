import { formatInstant } from '../../../calendar/time/instant.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { MAX_USERS } from '../../../scheduling/calendars/calendar-limits.js';
import { toRelaxationDto } from '../../../scheduling/nearest-interval/rest/nearest-interval.mapper.js';
import { toSuggestionOptions } from '../../../scheduling/nearest-interval/rest/suggestion-options.js';
import { type AskedGroup, isOfRooms, MAX_TAKEN_ROOMS } from '../../model/asked-group.js';
import { optionalIdsOf, toMeetingSearch } from '../../rest/meeting-search.mapper.js';
import type { GroupSearch, GroupSuggestions } from '../group-times.service.js';
import type { GroupTimesDto } from './group-times.dto.js';
import type { GroupMeetingDto, MeetingGroupDto } from './meeting-group.dto.js';

/**
 * @param now the default of `from`
 * @throws {DomainError} invalid, naming the field
 */
export function toGroupSearch(input: GroupMeetingDto, now: Date): GroupSearch {
  const groups = toAskedGroups(input.groups);
  return {
    ...toMeetingSearch(input, now),
    ...toSuggestionOptions(input),
    groups,
    optionalIds: optionalIdsOf(input, namedIdsOf(groups)),
    timeZone: input.time_zone ?? null,
  };
}

/** The users whom the groups name. */
export function namedIdsOf(groups: readonly AskedGroup[]): number[] {
  return groups.flatMap((group) => (isOfRooms(group) ? [] : group.userIds));
}

/** @throws {DomainError} invalid, naming the field */
export function toAskedGroups(groups: readonly MeetingGroupDto[]): AskedGroup[] {
  const groupOf = new Map<number, number>();
  return groups.map((group, index) => {
    const refuse = (field: keyof MeetingGroupDto, message: string) =>
      invalidInput({ field: `groups.${index}.${field}`, message });
    const asked = toAskedGroup(group, refuse);
    for (const id of 'userIds' in asked ? asked.userIds : []) {
      const other = groupOf.get(id);
      if (other !== undefined) throw refuse('user_ids', `user ${id} is in groups.${other} too`);
      groupOf.set(id, index);
    }
    if (groupOf.size > MAX_USERS)
      throw refuse('user_ids', `makes more than ${MAX_USERS} users in all groups`);
    return asked;
  });
}

type Refuse = (field: keyof MeetingGroupDto, message: string) => Error;

function toAskedGroup(group: MeetingGroupDto, refuse: Refuse): AskedGroup {
  const { user_ids: ids, room_filter: filter, min_attending: minAttending = null, assign } = group;
  if (filter === undefined) {
    if (ids === undefined) throw refuse('user_ids', 'is required, unless the group has room_filter');
    const userIds = [...new Set(ids)];
    if (minAttending !== null && minAttending > userIds.length)
      throw refuse('min_attending', `must be at most ${userIds.length}, the number of user_ids`);
    return { userIds, minAttending, roundRobin: assign === 'round_robin' };
  }
  if (ids !== undefined) throw refuse('room_filter', 'does not go with user_ids: send only one of them');
  if (assign !== undefined) throw refuse('assign', 'does not go with room_filter');
  if (minAttending !== null && minAttending > MAX_TAKEN_ROOMS)
    throw refuse('min_attending', `must be at most ${MAX_TAKEN_ROOMS} rooms`);
  const { capacity, features = [] } = filter;
  return { filter: { ...(capacity !== undefined && { capacity }), features }, minAttending };
}

export function toGroupTimesDto(
  { suggestions, relaxations, nextStart }: GroupSuggestions,
  { optional_user_ids: optional, starts }: GroupMeetingDto,
): GroupTimesDto {
  return {
    suggestions: suggestions.map(({ start, end, assignment, optionalIds }) => ({
      start: formatInstant(start),
      end: formatInstant(end),
      assignment: assignment.map((ids) => [...ids]),
      ...(optional && { optional_attending: [...optionalIds] }),
    })),
    ...(relaxations && { relaxations: relaxations.map(toRelaxationDto) }),
    ...(starts === 'all' && { next_start: nextStart === null ? null : formatInstant(nextStart) }),
  };
}
