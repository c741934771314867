import type { PageDto } from '../../../http/page/page.dto.js';
import { decodePageToken } from '../../../http/page/page-token.js';
import type { HistoryEntry, PastView } from '../../model/changes/history-entry.js';
import { selectionFor } from '../../read/attendees-shown.js';
import type { HistoryQuery } from '../../read/changes/event-history.service.js';
import { toSeenEventDto } from '../event.mapper.js';
import type { HistoryEntryDto } from './history.dto.js';
import { previousOf } from './previous-fields.js';
import type { SyncedEventDto } from './synced-event.dto.js';
import { toSyncedEventDto } from './synced-event.mapper.js';

/** @throws {DomainError} invalid, naming `page_token` */
export function toHistoryQuery({ limit, page_token: token }: PageDto): HistoryQuery {
  return { limit, after: decodePageToken(token, ['other']) };
}

export function toHistoryEntryDto({
  change,
  action,
  actingForUserId,
  before,
  after,
}: HistoryEntry): HistoryEntryDto {
  const was = before && toDetailsDto(before);
  const { changedFields, previous } =
    was && (after || action === 'deleted')
      ? previousOf(was, after && (toDetailsDto(after) ?? toSeenEventDto(after.view)))
      : { changedFields: [], previous: {} };
  return {
    version: change.version,
    at: change.at.toISOString(),
    user_id: change.userId,
    api_key_id: change.apiKeyId,
    acting_for: actingForUserId,
    action,
    changed_fields: [...changedFields],
    previous,
  };
}

/** Null: the caller sees no details. */
function toDetailsDto({ view, occurrences }: PastView): SyncedEventDto | null {
  if (!view.details) return null;
  const selection = selectionFor(view, undefined);
  return toSyncedEventDto({ removed: false, view, occurrences }, selection) as SyncedEventDto;
}
