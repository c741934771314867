import type { BlockingReason } from '../../../calendar/availability/blocking-reasons.js';
import type {
  FreeIntervalAnswer,
  Suggestion,
} from '../../../calendar/availability/search/free-interval-answer.js';
import type { Relaxation } from '../../../calendar/availability/search/relaxations.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { type Instant, SECOND } from '../../../calendar/time/civil-time.js';
import { formatInstant, parseInstant } from '../../../calendar/time/instant.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { boundedWindow } from '../../../http/window.dto.js';
import { MAX_USERS } from '../../calendars/calendar-limits.js';
import { DEFAULT_SEARCH_WINDOW_MS } from '../nearest-interval-limits.js';
import type { NearestIntervalQuery } from '../nearest-interval-query.js';
import type {
  BlockingReasonDto,
  NearestIntervalDto,
  RelaxationDto,
  SuggestionDto,
} from './nearest-interval.dto.js';
import type { NearestIntervalQueryDto } from './nearest-interval-query.dto.js';
import { toSuggestionOptions } from './suggestion-options.js';

/**
 * @param now the default of `from`
 * @throws {DomainError} invalid, naming the parameter
 */
export function toNearestIntervalQuery(query: NearestIntervalQueryDto, now: Date): NearestIntervalQuery {
  return {
    ...usersOf(query),
    window: searchWindowOf(query, now.getTime()),
    duration: query.duration * SECOND,
    bufferBefore: (query.buffer_before ?? 0) * SECOND,
    bufferAfter: (query.buffer_after ?? 0) * SECOND,
    minAttending: query.min_attending ?? null,
    ...toSuggestionOptions(query),
    pending: query.pending ?? 'busy',
    workingHours: query.working_hours ?? true,
  };
}

/** Each user once. A user whom both parameters name is required. */
function usersOf(query: NearestIntervalQueryDto): Pick<NearestIntervalQuery, 'requiredIds' | 'optionalIds'> {
  const requiredIds = [...new Set(query.user_ids)];
  const optionalIds = [...new Set(query.optional_user_ids)].filter((id) => !requiredIds.includes(id));
  if (requiredIds.length + optionalIds.length > MAX_USERS) {
    const message = `must name at most ${MAX_USERS} together with user_ids`;
    throw invalidInput({ field: 'optional_user_ids', message });
  }
  if ((query.min_attending ?? 1) > requiredIds.length) {
    const message = `must be at most ${requiredIds.length}, the number of user_ids`;
    throw invalidInput({ field: 'min_attending', message });
  }
  return { requiredIds, optionalIds };
}

function searchWindowOf({ from, to }: NearestIntervalQueryDto, now: Instant): Interval {
  // Responses have whole seconds. Rounded up, so that no interval starts in the past.
  const start = from === undefined ? Math.ceil(now / SECOND) * SECOND : (parseInstant(from) as Instant);
  return boundedWindow(
    start,
    to === undefined ? start + DEFAULT_SEARCH_WINDOW_MS : (parseInstant(to) as Instant),
  );
}

export function toNearestIntervalDto(answer: FreeIntervalAnswer): NearestIntervalDto {
  const suggestions = answer.suggestions.map(toSuggestionDto);
  return {
    start: suggestions.at(0)?.start ?? null,
    end: suggestions.at(0)?.end ?? null,
    free_until: suggestions.at(0)?.free_until ?? null,
    suggestions,
    reasons: answer.reasons.map(toReasonDto),
    ...(answer.relaxations && { relaxations: answer.relaxations.map(toRelaxationDto) }),
  };
}

function toReasonDto({
  userId,
  rule,
  until,
  optional,
  unavailableThroughout,
}: BlockingReason): BlockingReasonDto {
  return {
    user_id: userId,
    rule,
    until: until === null ? null : formatInstant(until),
    optional,
    unavailable_throughout: unavailableThroughout,
  };
}

export function toRelaxationDto({ userId, rule, start, end }: Relaxation): RelaxationDto {
  return { user_id: userId, rule, start: formatInstant(start), end: formatInstant(end) };
}

function toSuggestionDto({ start, end, freeUntil, attending }: Suggestion): SuggestionDto {
  return {
    start: formatInstant(start),
    end: formatInstant(end),
    free_until: freeUntil === null ? null : formatInstant(freeUntil),
    attending: [...attending],
  };
}
