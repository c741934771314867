import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import type { WireNames } from '../../http/wire-names/wire-names.js';
import type {
  NewSubscription,
  SubscriptionRecord,
  SubscriptionWithSecret,
} from '../model/subscription-record.js';
import type {
  CreateWebhookSubscriptionDto,
  WebhookSubscriptionDto,
  WebhookSubscriptionWithSecretDto,
} from './webhook-subscription.dto.js';

/** The names in requests of the fields of `NewSubscription`. */
export const SUBSCRIPTION_FIELDS: WireNames = { userId: 'user_id', calendarId: 'calendar_id' };

export function toNewSubscription(input: CreateWebhookSubscriptionDto): NewSubscription {
  const { url, types, user_id: userId, calendar_id: calendarId } = input;
  return { url, types, userId, calendarId };
}

/** @throws {DomainError} invalid, naming `page_token` */
export function toSubscriptionPage({ limit, page_token: token }: PageDto) {
  const [after = 0] = decodePageToken(token, ['id']) ?? [];
  return { after, limit };
}

export function toSubscriptionDto(subscription: SubscriptionRecord): WebhookSubscriptionDto {
  return {
    id: subscription.id,
    url: subscription.url,
    types: [...subscription.types],
    user_id: subscription.userId,
    calendar_id: subscription.calendarId,
    status: subscription.status,
    disabled_reason: subscription.disabledReason,
    failing_since: subscription.failingSince?.toISOString() ?? null,
    previous_secret_expires_at: subscription.previousSecretEndsAt?.toISOString() ?? null,
    created_by_key_id: subscription.createdByKeyId,
    created_at: subscription.createdAt.toISOString(),
    updated_at: subscription.updatedAt.toISOString(),
  };
}

export function toSubscriptionWithSecretDto({
  record,
  secret,
}: SubscriptionWithSecret): WebhookSubscriptionWithSecretDto {
  return { ...toSubscriptionDto(record), secret };
}
