import type { PendingPolicy } from '../../../calendar/availability/free-busy.js';
import { MAX_SUGGESTIONS } from '../../../calendar/availability/free-interval-query.js';
import { MAX_WINDOW } from '../../../calendar/recurrence/series/recurrence-set.js';
import { DAY } from '../../../calendar/time/civil-time.js';
import { ChoiceField, QueryFlagField } from '../../../http/fields/choice-field.js';
import { QueryDurationField } from '../../../http/fields/duration-field.js';
import { QueryIdListField } from '../../../http/fields/id-list-field.js';
import { QueryInstantField } from '../../../http/fields/instant-field.js';
import { QueryIntegerField } from '../../../http/fields/integer-field.js';
import { MAX_USERS, PENDING_POLICIES } from '../../calendars/calendar-limits.js';
import { MAX_BUFFER, MAX_DURATION, MAX_STEP } from '../nearest-interval-limits.js';

export class NearestIntervalQueryDto {
  @QueryDurationField({
    description:
      'How long the interval must be: `1h`, `90m`, `1h30m`, `45s`, `PT1H30M`, or whole seconds; at most a year.',
    example: '1h',
    min: 1,
    max: MAX_DURATION,
  })
  duration!: number;

  @QueryIdListField({
    description: 'Who must be free, by repeating the parameter.',
    example: [1, 2],
    min: 1,
    max: MAX_USERS,
  })
  user_ids!: number[];

  @QueryInstantField({
    description: 'Where the search begins; by default now.',
    example: '2022-09-06T09:00:00Z',
    optional: true,
  })
  from?: string;

  @QueryInstantField({
    description: `Where the interval must end at the latest; by default a year after \`from\`, and at most ${MAX_WINDOW / DAY} days after it.`,
    example: '2022-10-06T09:00:00Z',
    optional: true,
  })
  to?: string;

  @QueryFlagField({
    description: "Whether each user's working hours count; a user without any is always available.",
    example: true,
    optional: true,
    default: true,
  })
  working_hours?: boolean;

  @ChoiceField(PENDING_POLICIES, {
    description:
      'Whether an unanswered or tentative invite blocks. Unanswered ones that the `invitations` of the user leave out never do.',
    example: 'busy',
    optional: true,
    default: 'busy',
  })
  pending?: PendingPolicy;

  @QueryDurationField({
    description:
      "Starts only where a wall clock reads a multiple of it after midnight: the first user's of `user_ids`. At most a day.",
    example: '15m',
    min: 1,
    max: MAX_STEP,
    optional: true,
  })
  step?: number;

  @QueryDurationField({
    description: 'What must be free of events before the interval, working time or not; at most a day.',
    example: '10m',
    min: 0,
    max: MAX_BUFFER,
    optional: true,
    default: 0,
  })
  buffer_before?: number;

  @QueryDurationField({
    description: 'What must be free of events after the interval, working time or not; at most a day.',
    example: '10m',
    min: 0,
    max: MAX_BUFFER,
    optional: true,
    default: 0,
  })
  buffer_after?: number;

  @QueryIdListField({
    description: `Who is welcome and blocks nothing, by repeating the parameter; with \`user_ids\` at most ${MAX_USERS}, and whoever is in both must be free.`,
    example: [3],
    max: MAX_USERS,
    optional: true,
  })
  optional_user_ids?: number[];

  @QueryIntegerField({
    description: 'How many of `user_ids` must be able to attend; by default all.',
    example: 2,
    min: 1,
    max: MAX_USERS,
    optional: true,
  })
  min_attending?: number;

  @QueryIntegerField({
    description: 'How many suggestions are asked for.',
    example: 3,
    min: 1,
    max: MAX_SUGGESTIONS,
    optional: true,
    default: 1,
  })
  limit?: number;
}
