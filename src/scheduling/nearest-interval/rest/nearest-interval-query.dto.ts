import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import {
  MAX_BUFFER,
  MAX_STARTS,
  MAX_SUGGESTIONS,
  type Preference,
  type SuggestedStarts,
} from '../../../calendar/availability/free-interval-query.js';
import { LARGEST_DISTANCE } from '../../../calendar/availability/search/meeting-distances.js';
import { MAX_WINDOW } from '../../../calendar/recurrence/series/recurrence-set.js';
import { SECOND } from '../../../calendar/time/civil-time.js';
import { ChoiceField, QueryFlagField } from '../../../http/fields/choice-field.js';
import { QueryDurationField } from '../../../http/fields/duration-field.js';
import { QueryIdListField } from '../../../http/fields/id-list-field.js';
import { QueryInstantField } from '../../../http/fields/instant-field.js';
import { QueryIntegerField } from '../../../http/fields/integer-field.js';
import { durationText } from '../../../platform/values/duration.js';
import { MAX_USERS, PENDING_POLICIES } from '../../calendars/calendar-limits.js';
import {
  DEFAULT_SEARCH_WINDOW_MS,
  DEFAULT_STEP_MS,
  MAX_DURATION_SECONDS,
  MAX_STEP_SECONDS,
  PREFERENCES,
  SUGGESTED_STARTS,
} from '../nearest-interval-limits.js';

export class NearestIntervalQueryDto {
  @QueryDurationField({
    description: `The length of the interval: \`1h\`, \`90m\`, \`1h30m\`, \`45s\`, \`PT1H30M\`, or whole seconds; at most ${durationText(MAX_DURATION_SECONDS)}.`,
    example: '1h',
    min: 1,
    max: MAX_DURATION_SECONDS,
  })
  duration!: number;

  @QueryIdListField({
    description: 'The users who must be free. Repeat the parameter for each user.',
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
  })
  user_ids!: number[];

  @QueryInstantField({
    description: 'The start of the search; by default now.',
    example: '2022-09-06T09:00:00Z',
    optional: true,
  })
  from?: string;

  @QueryInstantField({
    description: `The latest end of the interval; by default ${durationText(DEFAULT_SEARCH_WINDOW_MS / SECOND)} after \`from\`, and at most ${durationText(MAX_WINDOW / SECOND)} after it.`,
    example: '2022-10-06T09:00:00Z',
    optional: true,
  })
  to?: string;

  @QueryFlagField({
    description:
      'Whether the working hours of the users count, those of `availability_overrides` included. A user without such hours is always available. The opening hours of rooms, and the times in which a user is away, always count.',
    example: true,
    optional: true,
    default: true,
  })
  working_hours?: boolean;

  @ChoiceField(PENDING_POLICIES, {
    description:
      'Whether time that is not firm makes the user busy: unanswered and tentative invites, and events with `show_as: tentative`. If the `invitations` setting of the user excludes an unanswered invite, that invite never makes the user busy. Rooms are busy at such time under each policy, since no booking takes it. With `free`, the time that a user with `double_booking: reject` has accepted tentatively, or shows as tentative, stays busy, since a booking of it is refused.',
    example: 'busy',
    optional: true,
    default: 'busy',
  })
  pending?: PendingPolicy;

  @QueryDurationField({
    description: `The interval starts only at a multiple of this length after midnight, on the wall clock of the first user of \`user_ids\`. At most ${durationText(MAX_STEP_SECONDS)}. By default any second may be a start; with \`starts=all\` or a \`prefer\` other than \`earliest\`, the default is ${durationText(DEFAULT_STEP_MS / SECOND)}.`,
    example: '15m',
    min: 1,
    max: MAX_STEP_SECONDS,
    optional: true,
  })
  step?: number;

  @QueryDurationField({
    description: `The time before the interval that must be free of events, within working hours or not; at most ${durationText(MAX_BUFFER / SECOND)}.`,
    example: '10m',
    min: 0,
    max: MAX_BUFFER / SECOND,
    optional: true,
    default: 0,
  })
  buffer_before?: number;

  @QueryDurationField({
    description: `The time after the interval that must be free of events, within working hours or not; at most ${durationText(MAX_BUFFER / SECOND)}.`,
    example: '10m',
    min: 0,
    max: MAX_BUFFER / SECOND,
    optional: true,
    default: 0,
  })
  buffer_after?: number;

  @QueryIdListField({
    description: `Users who may attend but need not be free. Repeat the parameter for each user; at most ${MAX_USERS} together with \`user_ids\`. A user in both must be free.`,
    example: [3],
    max: MAX_USERS,
    optional: true,
  })
  optional_user_ids?: number[];

  @QueryIntegerField({
    description: 'The number of users of `user_ids` who must be able to attend; by default all.',
    example: 2,
    min: 1,
    max: MAX_USERS,
    optional: true,
  })
  min_attending?: number;

  @QueryIntegerField({
    description: `The maximum number of suggestions in the response: by default 1, at most ${MAX_SUGGESTIONS}. With \`starts=all\`, the default and the maximum are ${MAX_STARTS}.`,
    example: 3,
    min: 1,
    max: MAX_STARTS,
    optional: true,
  })
  limit?: number;

  @ChoiceField(SUGGESTED_STARTS, {
    description:
      'Which starts the response lists. `separate`: suggestions that do not overlap. The time between two of them is at least the longer of the two buffers, so that all of them can be booked. `all`: every start on the grid of `step`; suggestions may overlap. If there are more than `limit`, the header `Link` has the URL of the later ones.',
    example: 'all',
    optional: true,
    default: 'separate',
  })
  starts?: SuggestedStarts;

  @ChoiceField(PREFERENCES, {
    description: `The order of the suggestions. \`earliest\`: by start. \`compact\`: the smallest distance to other meetings first. \`spread\`: the largest distance first. The distance is the mean over the attending users of \`user_ids\`: for each user, the time from the interval to the nearest busy time before or after it, at most ${durationText(LARGEST_DISTANCE / SECOND)}. Only time that the caller may see counts. Equal distances are by start. \`compact\` and \`spread\` order the first ${MAX_STARTS} possible starts from \`from\` on; then, with \`starts=separate\`, an interval is left out if it is too close to one that is listed before it.`,
    example: 'compact',
    optional: true,
    default: 'earliest',
  })
  prefer?: Preference;

  @QueryFlagField({
    description:
      'Whether the response has `relaxations`: for each single rule of each single user, the earliest meeting without that rule.',
    example: true,
    optional: true,
    default: false,
  })
  explain?: boolean;
}
