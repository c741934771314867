import type { FastifyReply, FastifyRequest } from 'fastify';
import { linkPage } from '../../../http/page/link-next-page.js';
import type { AttendeeSelection } from '../../read/attendees-shown.js';
import type { IncrementalPage } from '../../read/changes/incremental-list.js';
import type { RemovedEventDto, SyncedEventDto } from './synced-event.dto.js';
import { toSyncedEventDto } from './synced-event.mapper.js';

/** The header with the token that continues from a list. */
const SYNC_TOKEN = 'Sync-Token';

/** Documents the header. */
export const SYNC_TOKEN_HEADER = {
  [SYNC_TOKEN]: {
    description: 'The token that continues from an incremental list. Only the last page has it.',
    schema: { type: 'string' as const },
  },
};

/** Links the next page, or names the token that continues from the list. @returns the body */
export function toIncrementalList(
  request: FastifyRequest,
  reply: FastifyReply,
  { items, nextPageToken, syncToken }: IncrementalPage,
  selection: AttendeeSelection,
): (SyncedEventDto | RemovedEventDto)[] {
  if (nextPageToken !== null) linkPage(request, reply, nextPageToken);
  if (syncToken !== null) reply.header(SYNC_TOKEN, syncToken);
  return items.map((item) => toSyncedEventDto(item, selection));
}
