import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type {
  CalendarSubscriptionPatch,
  CalendarSubscriptionView,
  NewCalendarSubscription,
} from '../model/subscription-record.js';
import type {
  CalendarSubscriptionDto,
  CreateCalendarSubscriptionDto,
  UpdateCalendarSubscriptionDto,
} from './calendar-subscription.dto.js';

/** The names in requests of the fields of `NewCalendarSubscription`. */
export const CALENDAR_SUBSCRIPTION_FIELDS: WireNames = { countsAs: 'counts_as', user: 'user_id' };

export function toNewCalendarSubscription(input: CreateCalendarSubscriptionDto): NewCalendarSubscription {
  const { url, counts_as: countsAs = 'busy', name } = input;
  return { url, countsAs, name };
}

export function toCalendarSubscriptionPatch({
  url,
  counts_as: countsAs,
}: UpdateCalendarSubscriptionDto): CalendarSubscriptionPatch {
  return { url, countsAs };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toCalendarSubscriptionPage({ limit, page_token: token }: PageDto) {
  const [after = 0] = decodePageToken(token, ['id']) ?? [];
  return { after, limit };
}

export function toCalendarSubscriptionDto(subscription: CalendarSubscriptionView): CalendarSubscriptionDto {
  return {
    id: subscription.id,
    user_id: subscription.userId,
    calendar_id: subscription.calendarId,
    url: subscription.url,
    counts_as: subscription.countsAs,
    last_success_at: subscription.lastSuccessAt?.toISOString() ?? null,
    failing_since: subscription.failingSince?.toISOString() ?? null,
    last_error: subscription.lastError,
    last_error_code: subscription.lastErrorCode,
    next_fetch_at: subscription.nextFetchAt.toISOString(),
    created_at: subscription.createdAt.toISOString(),
    updated_at: subscription.updatedAt.toISOString(),
  };
}
