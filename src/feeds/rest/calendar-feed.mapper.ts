import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { FeedRecord, FeedWithToken, NewFeed } from '../model/feed-record.js';
import type { CalendarFeedDto, CalendarFeedWithUrlDto, CreateCalendarFeedDto } from './calendar-feed.dto.js';

export function toNewFeed({
  detail,
  include_private: includePrivate = false,
}: CreateCalendarFeedDto): NewFeed {
  return { detail, includePrivate };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toFeedPage({ limit, page_token: token }: PageDto) {
  const [after = 0] = decodePageToken(token, ['id']) ?? [];
  return { after, limit };
}

export function toFeedDto(feed: FeedRecord): CalendarFeedDto {
  return {
    id: feed.id,
    calendar_id: feed.calendarId,
    detail: feed.detail,
    include_private: feed.includePrivate,
    created_by_key_id: feed.createdByKeyId,
    created_at: feed.createdAt.toISOString(),
  };
}

/** @param publicUrl the prefix of every URL of a response */
export function toFeedWithUrlDto(
  { record, token }: FeedWithToken,
  publicUrl: string,
): CalendarFeedWithUrlDto {
  return { ...toFeedDto(record), url: `${publicUrl}/feeds/${token}/calendar.ics` };
}
