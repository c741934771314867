import { decodePageToken } from '../../http/page/page-token.js';
import { windowOf } from '../../http/window.dto.js';
import type { EventListQuery, OccurrenceListQuery } from '../read/lists/list-query.js';
import type { ListEventsDto } from './dto/list-events.dto.js';
import type { ListOccurrencesDto } from './dto/list-occurrences.dto.js';

/** The sort keys of `OccurrenceListService`. */
const KEYS_OF_OCCURRENCES = ['instant', 'instant'] as const;
/** The sort keys of `EventListService`. Those of a redacted event are no id and no instant. */
const KEYS_OF_EVENTS = ['instant', 'other', 'other'] as const;

/** @throws {DomainError} invalid, naming `to` or `page_token` */
export function toOccurrenceListQuery(query: ListOccurrencesDto): OccurrenceListQuery {
  return {
    window: windowOf(query),
    after: decodePageToken(query.page_token, KEYS_OF_OCCURRENCES),
    limit: query.limit,
    showCancelled: query.show_cancelled ?? false,
  };
}

/** @throws {DomainError} invalid, naming `to` or `page_token` */
export function toEventListQuery(query: ListEventsDto): EventListQuery {
  return {
    window: windowOf(query),
    after: decodePageToken(query.page_token, KEYS_OF_EVENTS),
    limit: query.limit,
    showCancelled: query.show_cancelled ?? false,
    maxAttendees: query.max_attendees ?? null,
    expand: query.expand ?? false,
  };
}
