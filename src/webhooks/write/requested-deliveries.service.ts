import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError } from '../../errors/domain-error.js';
import { Outbox } from '../../outbox/write/outbox.js';
import {
  type DeliveryView,
  deliveryMessageKey,
  WEBHOOK_TOPIC,
  type WebhookDeliveryRecord,
} from '../model/webhook-delivery-record.js';
import { DeliveriesService } from '../read/deliveries.service.js';
import { SubscriptionsService } from '../read/subscriptions.service.js';
import { NewDeliveries } from './new-deliveries.js';

/** Sends deliveries on request. */
@Injectable()
export class RequestedDeliveries {
  constructor(
    private readonly subscriptions: SubscriptionsService,
    private readonly deliveries: DeliveriesService,
    private readonly newDeliveries: NewDeliveries,
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Sends `webhook.test`.
   * @throws {DomainError} not-found `webhook_subscription_not_found`; conflict `subscription_disabled`
   */
  async test(subscriptionId: number): Promise<DeliveryView> {
    return this.unitOfWork.run(async () => {
      await this.expectActive(subscriptionId);
      const added = await this.newDeliveries.add([
        { subscriptionId, type: 'webhook.test', eventId: null, changeSequence: null, details: null },
      ]);
      return this.viewOf(added);
    });
  }

  /**
   * Sends a delivery at once, with the same id and all attempts, whether it is pending or has ended.
   * @throws {DomainError} not-found `webhook_subscription_not_found`, `webhook_delivery_not_found`; conflict
   * `subscription_disabled`
   */
  async redeliver(subscriptionId: number, id: string): Promise<DeliveryView> {
    return this.unitOfWork.run(async () => {
      await this.expectActive(subscriptionId);
      const delivery = await this.deliveries.get(subscriptionId, id);
      await this.outbox.sendNow(WEBHOOK_TOPIC, [deliveryMessageKey(delivery)]);
      return this.viewOf([delivery]);
    });
  }

  private async expectActive(subscriptionId: number): Promise<void> {
    const { status, disabledReason } = await this.subscriptions.getLocked(subscriptionId);
    if (status === 'active') return;
    const advice = disabledReason === 'calendar_deleted' ? 'Its calendar is deleted.' : 'Enable it first.';
    throw new DomainError(
      'conflict',
      'subscription_disabled',
      `The webhook subscription is disabled. ${advice}`,
    );
  }

  private async viewOf(deliveries: readonly WebhookDeliveryRecord[]): Promise<DeliveryView> {
    const [view] = await this.deliveries.viewsOf(deliveries);
    if (!view) throw new Error('The outbox has lost a delivery.');
    return view;
  }
}
