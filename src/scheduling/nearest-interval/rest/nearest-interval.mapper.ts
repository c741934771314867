import type { FreeIntervalAnswer, Suggestion } from '../../../calendar/availability/free-interval-answer.js';
import { formatInstant } from '../../../http/values/instant.js';
import type { NearestIntervalDto, SuggestionDto } from './nearest-interval.dto.js';

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
