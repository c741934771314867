import type { WebhookDeliveryRecord } from '../model/webhook-delivery-record.js';

/** A delivery to send. */
export interface DeliveryForOwner {
  readonly delivery: WebhookDeliveryRecord;
  /** The user who owns the subscription; null: the tenant. */
  readonly ownerId: number | null;
}

/** Makes the bodies of deliveries. `rest/` implements it, since a body has the form of the API. */
export abstract class DeliveryBodies {
  /**
   * The bodies of deliveries of the current tenant, in their order, as their owners may see them at present.
   * @returns null: the log does not have the change any more
   */
  abstract of(deliveries: readonly DeliveryForOwner[]): Promise<(string | null)[]>;
}
