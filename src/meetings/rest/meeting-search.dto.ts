import type { PendingPolicy } from '../../calendar/availability/free-busy.js';
import { MAX_BUFFER } from '../../calendar/availability/free-interval-query.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import { ChoiceField, FlagField } from '../../http/fields/choice-field.js';
import { DurationField } from '../../http/fields/duration-field.js';
import { durationText } from '../../platform/values/duration.js';
import { PENDING_POLICIES } from '../../scheduling/calendars/calendar-limits.js';
import {
  MAX_DURATION_SECONDS,
  MAX_STEP_SECONDS,
} from '../../scheduling/nearest-interval/nearest-interval-limits.js';

/** The fields of the nearest search that all searches for meetings have. */
export class MeetingSearchDto {
  @DurationField({
    description: `The length of the meeting: \`1h\`, \`90m\`, \`PT1H30M\`, or whole seconds; at most ${durationText(MAX_DURATION_SECONDS)}.`,
    example: '1h',
    min: 1,
    max: MAX_DURATION_SECONDS,
  })
  duration!: number;

  @DurationField({
    description: `The time before the meeting that must be free of events, within working hours or not; at most ${durationText(MAX_BUFFER / SECOND)}.`,
    example: '10m',
    min: 0,
    max: MAX_BUFFER / SECOND,
    optional: true,
    default: 0,
  })
  buffer_before?: number;

  @DurationField({
    description: `The time after the meeting that must be free of events, within working hours or not; at most ${durationText(MAX_BUFFER / SECOND)}.`,
    example: '10m',
    min: 0,
    max: MAX_BUFFER / SECOND,
    optional: true,
    default: 0,
  })
  buffer_after?: number;

  @DurationField({
    description: `The meeting starts only at a multiple of this length after midnight, on the wall clock. At most ${durationText(MAX_STEP_SECONDS)}. Absent: at any time.`,
    example: '15m',
    min: 1,
    max: MAX_STEP_SECONDS,
    optional: true,
  })
  step?: number;

  @FlagField({
    description:
      'Whether the working hours of persons count. A person without working hours is always available. The opening hours of rooms always count.',
    example: true,
    optional: true,
    default: true,
  })
  working_hours?: boolean;

  @ChoiceField(PENDING_POLICIES, {
    description:
      'Whether unanswered and tentative invites, and events with `show_as: tentative`, make a person busy, as in `findNearestEmptyTimeInterval`.',
    example: 'busy',
    optional: true,
    default: 'busy',
  })
  pending?: PendingPolicy;
}
