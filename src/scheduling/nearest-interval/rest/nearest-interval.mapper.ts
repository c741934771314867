import type { FreeIntervalAnswer, Suggestion } from '../../../calendar/availability/free-interval-answer.js';
import type { Interval } from '../../../calendar/intervals/interval.js';
import { type Instant, SECOND } from '../../../calendar/time/civil-time.js';
import { formatInstant, parseInstant } from '../../../calendar/time/instant.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { boundedWindow } from '../../../http/window.dto.js';
import { MAX_USERS } from '../../calendars/calendar-limits.js';
import { DEFAULT_SEARCH_WINDOW_MS } from '../nearest-interval-limits.js';
import type { NearestIntervalQuery } from '../nearest-interval-query.js';
import type { NearestIntervalDto, SuggestionDto } from './nearest-interval.dto.js';
import type { NearestIntervalQueryDto } from './nearest-interval-query.dto.js';

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
    limit: query.limit ?? 1,
    step: query.step === undefined ? null : query.step * SECOND,
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

export function toNearestIntervalDto({ suggestions, reasons }: FreeIntervalAnswer): NearestIntervalDto {
  const mapped = suggestions.map(toSuggestionDto);
  return {
    start: mapped.at(0)?.start ?? null,
    end: mapped.at(0)?.end ?? null,
    free_until: mapped.at(0)?.free_until ?? null,
    suggestions: mapped,
    reasons: reasons.map(({ userId, rule, unavailableThroughout }) => ({
      user_id: userId,
      rule,
      unavailable_throughout: unavailableThroughout,
    })),
  };
}

function toSuggestionDto({ start, end, freeUntil, attending }: Suggestion): SuggestionDto {
  return {
    start: formatInstant(start),
    end: formatInstant(end),
    free_until: freeUntil === null ? null : formatInstant(freeUntil),
    attending: [...attending],
  };
}
