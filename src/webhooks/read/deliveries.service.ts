import { Injectable } from '@nestjs/common';
import { notFound } from '../../errors/domain-error.js';
import { Outbox } from '../../outbox/write/outbox.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { deliveryIdOf, keyInDeliveryId } from '../model/delivery-id.js';
import {
  type DeliveryView,
  deliveryMessageKey,
  WEBHOOK_TOPIC,
  type WebhookDeliveryRecord,
} from '../model/webhook-delivery-record.js';
import { WebhookDeliveriesRepository } from '../store/webhook-deliveries.repository.js';
import { SubscriptionsService } from './subscriptions.service.js';

/** Reads the deliveries of subscriptions that the current actor reaches. */
@Injectable()
export class DeliveriesService {
  constructor(
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly subscriptions: SubscriptionsService,
    private readonly outbox: Outbox,
  ) {}

  /**
   * A page of the deliveries of a subscription, newest first.
   * @param before the number of the last delivery of the page before; null: the first page
   * @throws {DomainError} not-found `webhook_subscription_not_found`
   */
  async list(
    subscriptionId: number,
    { before, limit }: { readonly before: number | null; readonly limit: number },
  ): Promise<Page<DeliveryView>> {
    await this.subscriptions.get(subscriptionId);
    const found = await this.deliveries.newestOf(subscriptionId, before, limit + 1);
    const { items, next } = pageOf(found, limit, ({ sequence }) => [sequence]);
    return { items: await this.viewsOf(items), next };
  }

  /** The deliveries, with their states, of a subscription that the current actor reaches. */
  async viewsOf(deliveries: readonly WebhookDeliveryRecord[]): Promise<DeliveryView[]> {
    const states = await this.outbox.statesOf(WEBHOOK_TOPIC, deliveries.map(deliveryMessageKey));
    return deliveries.flatMap((delivery) => {
      const state = states.get(deliveryMessageKey(delivery));
      return state ? [{ delivery, state }] : [];
    });
  }

  /**
   * The delivery of a subscription that the current actor reaches.
   * @throws {DomainError} not-found `webhook_delivery_not_found`
   */
  async get(subscriptionId: number, id: string): Promise<WebhookDeliveryRecord> {
    const key = keyInDeliveryId(id);
    const [found] = key?.subscriptionId === subscriptionId ? await this.deliveries.withKeys([key]) : [];
    if (!found || deliveryIdOf(found) !== id) throw notFound('webhook delivery', id);
    return found;
  }
}
