import type { PageDto } from '../../http/page/page.dto.js';
import { decodePageToken } from '../../http/page/page-token.js';
import { deliveryIdOf } from '../model/delivery-id.js';
import type { DeliveryView } from '../model/webhook-delivery-record.js';
import type { WebhookDeliveryDto } from './webhook-delivery.dto.js';

/** @throws {DomainError} invalid, naming `page_token` */
export function toDeliveryPage({ limit, page_token: token }: PageDto) {
  const [before = null] = decodePageToken(token, ['other']) ?? [];
  return { before, limit };
}

export function toDeliveryDto({ delivery, state }: DeliveryView): WebhookDeliveryDto {
  return {
    id: deliveryIdOf(delivery),
    type: delivery.type,
    sequence: delivery.sequence,
    event_id: delivery.eventId,
    status: state.status,
    attempts: state.attempts,
    last_status_code: state.lastStatusCode,
    last_error: state.lastError,
    next_attempt_at: state.nextAttemptAt?.toISOString() ?? null,
    created_at: delivery.createdAt.toISOString(),
    ended_at: state.endedAt?.toISOString() ?? null,
  };
}
