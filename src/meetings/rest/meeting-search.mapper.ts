import { SECOND } from '../../calendar/time/civil-time.js';
import { parseInstant } from '../../calendar/time/instant.js';
import { invalidInput } from '../../errors/domain-error.js';
import { boundedWindow } from '../../http/window.dto.js';
import { MAX_USERS } from '../../scheduling/calendars/calendar-limits.js';
import { DEFAULT_SEARCH_WINDOW_MS } from '../../scheduling/nearest-interval/nearest-interval-limits.js';
import type { MeetingSearch } from '../model/meeting-search.js';
import type { MeetingSearchDto } from './meeting-search.dto.js';

/** The names in requests of the fields of searches for meetings. */
export const MEETING_FIELDS = {
  limit: 'limit',
  minAttending: 'min_attending',
  optionalIds: 'optional_user_ids',
  roomIds: 'room_ids',
  timeZone: 'time_zone',
  userIds: 'user_ids',
};

/**
 * @param now the default of `from`
 * @throws {DomainError} invalid, naming `to`
 */
export function toMeetingSearch(
  input: MeetingSearchDto & { readonly from?: string; readonly to?: string },
  now: Date,
): Omit<MeetingSearch, 'limit' | 'optionalIds'> {
  // Responses have whole seconds. Rounded up, so that no meeting starts before the window.
  const asked = input.from === undefined ? now.getTime() : instantOf(input.from);
  const start = Math.ceil(asked / SECOND) * SECOND;
  const end = input.to === undefined ? start + DEFAULT_SEARCH_WINDOW_MS : instantOf(input.to);
  return {
    window: boundedWindow(start, end),
    duration: input.duration * SECOND,
    bufferBefore: (input.buffer_before ?? 0) * SECOND,
    bufferAfter: (input.buffer_after ?? 0) * SECOND,
    step: input.step === undefined ? null : input.step * SECOND,
    pending: input.pending ?? 'busy',
    workingHours: input.working_hours ?? true,
  };
}

/**
 * The optional persons of a search, each once. A person whom another field names is not optional.
 * @param others the ids of the other fields
 * @throws {DomainError} invalid, naming `optional_user_ids`
 */
export function optionalIdsOf(
  { optional_user_ids: optional }: { readonly optional_user_ids?: readonly number[] },
  others: readonly number[],
): number[] {
  const ids = [...new Set(optional)].filter((id) => !others.includes(id));
  if (ids.length + others.length <= MAX_USERS) return ids;
  const message = `must name at most ${MAX_USERS} together with the other users`;
  throw invalidInput({ field: 'optional_user_ids', message });
}

function instantOf(text: string): number {
  return parseInstant(text) as number;
}
