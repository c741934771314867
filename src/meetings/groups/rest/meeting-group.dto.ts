import {
  MAX_STARTS,
  MAX_SUGGESTIONS,
  type Preference,
  type SuggestedStarts,
} from '../../../calendar/availability/free-interval-query.js';
import { LARGEST_DISTANCE } from '../../../calendar/availability/search/meeting-distances.js';
import { MAX_WINDOW } from '../../../calendar/recurrence/series/recurrence-set.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import { DocumentedAs } from '../../../http/document/documented-as.js';
import { ChoiceField, FlagField } from '../../../http/fields/choice-field.js';
import { IdListField } from '../../../http/fields/id-list-field.js';
import { InstantField } from '../../../http/fields/instant-field.js';
import { IntegerField } from '../../../http/fields/integer-field.js';
import { NestedField, NestedListField } from '../../../http/fields/nested-field.js';
import { TimeZoneField } from '../../../http/fields/time-zone-field.js';
import { durationText } from '../../../platform/values/duration.js';
import { MAX_ROOM_CAPACITY } from '../../../rooms/model/room-limits.js';
import { FeaturesField } from '../../../rooms/rest/feature-fields.js';
import { MAX_USERS } from '../../../scheduling/calendars/calendar-limits.js';
import {
  DEFAULT_SEARCH_WINDOW_MS,
  PREFERENCES,
  SUGGESTED_STARTS,
} from '../../../scheduling/nearest-interval/nearest-interval-limits.js';
import { MAX_GROUPS, MAX_ROOMS_OF_GROUP, MAX_TAKEN_ROOMS } from '../../model/asked-group.js';
import { MeetingSearchDto } from '../../rest/meeting-search.dto.js';

@DocumentedAs('RoomFilter', 'The rooms that fit. A filter without a field fits all rooms.')
export class RoomFilterDto {
  @IntegerField({
    description: 'The least capacity. A room without a capacity does not fit.',
    example: 8,
    min: 1,
    max: MAX_ROOM_CAPACITY,
    optional: true,
  })
  capacity?: number;

  @FeaturesField({
    description: 'Features that a room has, all of them.',
    example: ['video'],
    optional: true,
  })
  features?: string[];
}

@DocumentedAs('MeetingGroup', 'A group of which some members attend: users, or the rooms that a filter fits.')
export class MeetingGroupDto {
  @IdListField({
    description: `The users of the group. A user is in one group only. At most ${MAX_USERS} in all groups together. Send this field or \`room_filter\`.`,
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
    optional: true,
  })
  user_ids?: number[];

  @NestedField(() => RoomFilterDto, {
    description: `The rooms of the group, without pieces of equipment. The smallest room that fits is taken, then the one with the lowest id. The search considers the ${MAX_ROOMS_OF_GROUP} smallest rooms that fit. Rooms in \`user_ids\` of a group are left out.`,
    optional: true,
  })
  room_filter?: RoomFilterDto;

  @IntegerField({
    description: `The number of members who attend; by default all. The service chooses exactly so many: with \`assign\` in turns, else in the order of \`user_ids\`, or of the rooms. At most ${MAX_TAKEN_ROOMS} rooms.`,
    example: 1,
    min: 1,
    max: MAX_USERS,
    optional: true,
  })
  min_attending?: number;

  @ChoiceField(['round_robin'], {
    description:
      'The members of `user_ids` take turns: the member with the fewest standing assignments is chosen, then the least recently assigned one. An assignment is made by `bookMeeting`, for a round robin. It stands while its event is neither deleted nor cancelled, and the member attends and has not declined. Assignments of meetings that start 28 days before the start or later count. A new member starts with the average of the group.',
    example: 'round_robin',
    optional: true,
  })
  assign?: 'round_robin';
}

/** The fields of a search for a meeting of groups, and of its booking. */
export class GroupMeetingDto extends MeetingSearchDto {
  @NestedListField(() => MeetingGroupDto, {
    description: 'The groups. Each must have enough free members.',
    example: [{ user_ids: [1] }, { user_ids: [2], min_attending: 1, assign: 'round_robin' }],
    min: 1,
    max: MAX_GROUPS,
  })
  groups!: MeetingGroupDto[];

  @InstantField({
    description: 'The earliest start of the meeting; by default now. A booking ignores this field.',
    example: '2022-09-06T09:00:00Z',
    optional: true,
  })
  from?: string;

  @InstantField({
    description: `The latest end of the meeting; by default ${durationText(DEFAULT_SEARCH_WINDOW_MS / SECOND)} after \`from\`, and at most ${durationText(MAX_WINDOW / SECOND)} after it. A booking ignores this field.`,
    example: '2022-10-06T09:00:00Z',
    optional: true,
  })
  to?: string;

  @TimeZoneField({
    description:
      'The IANA time zone in which `step` counts; by default that of the first user. A booked event has it, and by default that of its organizer.',
    optional: true,
  })
  time_zone?: string;

  @IdListField({
    description: `Persons who may attend but need not be free; at most ${MAX_USERS} together with the users of all groups. A person in a group is a member. A booking invites them, with the role \`optional\`, whether they are free or not.`,
    example: [3],
    max: MAX_USERS,
    optional: true,
  })
  optional_user_ids?: number[];

  @IntegerField({
    description: `The maximum number of suggestions in the response: by default 1, at most ${MAX_SUGGESTIONS}. With \`starts: all\`, the default and the maximum are ${MAX_STARTS}. A booking ignores this field.`,
    example: 3,
    min: 1,
    max: MAX_STARTS,
    optional: true,
  })
  limit?: number;

  @ChoiceField(SUGGESTED_STARTS, {
    description:
      'Which starts the response lists. `separate`: suggestions that do not overlap. The time between two of them is at least the longer of the two buffers, so that all of them can be booked. `all`: every start on the grid of `step`, by default a quarter of an hour; suggestions may overlap. If there are more than `limit`, `next_start` is the first one that is not listed. A booking ignores this field.',
    example: 'all',
    optional: true,
    default: 'separate',
  })
  starts?: SuggestedStarts;

  @ChoiceField(PREFERENCES, {
    description: `The order of the suggestions. \`earliest\`: by start. \`compact\`: the smallest distance to other meetings first. \`spread\`: the largest distance first. The distance is the mean over the users of all \`user_ids\` who can attend: for each user, the time from the meeting to the nearest busy time before or after it, at most ${durationText(LARGEST_DISTANCE / SECOND)}. Only time that the caller may see counts. Equal distances are by start. \`compact\` and \`spread\` order the first ${MAX_STARTS} possible starts from \`from\` on, on the grid of \`step\`, by default a quarter of an hour. A booking ignores this field.`,
    example: 'compact',
    optional: true,
    default: 'earliest',
  })
  prefer?: Preference;

  @FlagField({
    description:
      'Whether the response has `relaxations`: for each single rule of each single user of `user_ids`, the earliest meeting without that rule. A booking ignores this field.',
    example: true,
    optional: true,
    default: false,
  })
  explain?: boolean;
}

@DocumentedAs('GroupTimeSearch', 'A search for times at which groups can meet.')
export class FindTimesDto extends GroupMeetingDto {}
