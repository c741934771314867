import { parseInstant } from '../../../calendar/time/instant.js';
import { invalidInput } from '../../../errors/domain-error.js';
import { decodePageToken } from '../../../http/page/page-token.js';
import { boundedWindow } from '../../../http/window.dto.js';
import { type EventSearch, MAX_SEARCH_WORDS } from '../../model/search/event-search.js';
import type { SearchEventsDto } from './search-events.dto.js';

/** The sort keys of `EventSearchService`. */
const KEYS = ['instant', 'id'] as const;

/** @throws {DomainError} invalid, naming `q`, `to` or `page_token` */
export function toEventSearch(query: SearchEventsDto): EventSearch {
  const [from, to] = [query.from, query.to].map((instant) =>
    instant === undefined ? null : parseInstant(instant),
  );
  const search: EventSearch = {
    words: wordsOf(query.q ?? ''),
    externalId: query.external_id ?? null,
    metadata: query.metadata ?? {},
    organizerId: query.organizer_user_id ?? null,
    attendeeId: query.attendee_user_id ?? null,
    from,
    to,
    // With its fraction of a second, which `updated_at` has too.
    updatedSince: query.updated_since === undefined ? null : new Date(query.updated_since),
    showCancelled: query.show_cancelled ?? false,
    maxAttendees: query.max_attendees ?? null,
    after: decodePageToken(query.page_token, KEYS),
    limit: query.limit,
  };
  if (from !== null && to !== null) boundedWindow(from, to);
  return search;
}

function wordsOf(text: string): string[] {
  const words = [...new Set(text.split(/\s+/u).filter(Boolean))];
  if (words.length > MAX_SEARCH_WORDS)
    throw invalidInput({ field: 'q', message: `must have at most ${MAX_SEARCH_WORDS} words` });
  return words;
}
