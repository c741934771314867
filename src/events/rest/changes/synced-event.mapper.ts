import { invalidInput, refuseFaults } from '../../../errors/domain-error.js';
import type { PartialEventRecord, RecordedOccurrence } from '../../model/event-record.js';
import type { AttendeeSelection } from '../../read/attendees-shown.js';
import type { IncrementalListQuery, SyncedEvent } from '../../read/changes/incremental-list.js';
import type { ListEventsDto } from '../dto/list-events.dto.js';
import { toEventDto } from '../event.mapper.js';
import { answersTo, overriddenTexts, statusOfOccurrence, toOccurrenceDto } from '../occurrence.mapper.js';
import type { ListChangesDto } from './list-changes.dto.js';
import type { OverrideDto, RemovedEventDto, SyncedEventDto } from './synced-event.dto.js';

/** The parameters of a list in a window, which an incremental list does not have. */
const OF_WINDOWS = ['from', 'to', 'expand', 'show_cancelled'] as const;

/**
 * @returns null: the list is that of a window
 * @throws {DomainError} invalid, naming the parameters of a window
 */
export function toIncrementalListQuery(query: ListEventsDto): IncrementalListQuery | null {
  const { sync_token } = query;
  if (sync_token === undefined) return null;
  const given = OF_WINDOWS.filter((field) => query[field] !== undefined);
  refuseFaults(given.map((field) => ({ field, message: 'must be absent beside sync_token' })));
  return toChangesQuery({ ...query, sync_token });
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toChangesQuery({
  sync_token,
  page_token,
  limit,
  max_attendees,
}: ListChangesDto): IncrementalListQuery {
  if (page_token === '') throw invalidInput({ field: 'page_token', message: 'must not be empty' });
  return {
    syncToken: sync_token,
    pageToken: page_token ?? null,
    limit,
    maxAttendees: max_attendees ?? null,
  };
}

/** One element of an incremental list. */
export function toSyncedEventDto(
  synced: SyncedEvent,
  selection: AttendeeSelection,
): SyncedEventDto | RemovedEventDto {
  if (synced.removed) return { id: synced.id, removed: true };
  const { view, occurrences } = synced;
  return {
    ...toEventDto(view, selection),
    overrides: occurrences.map((occurrence) => toOverrideDto(view.event, occurrence, selection)),
  };
}

function toOverrideDto(
  event: PartialEventRecord,
  occurrence: RecordedOccurrence,
  selection: AttendeeSelection,
): OverrideDto {
  const { start, end, original_start } = toOccurrenceDto(event, occurrence);
  return {
    original_start,
    status: statusOfOccurrence(event, occurrence),
    start,
    end,
    title: event.title,
    description: event.description,
    location: event.location,
    show_as: event.showAs,
    ...overriddenTexts(occurrence.override),
    answers: answersTo(event, occurrence, selection).answers,
  };
}
