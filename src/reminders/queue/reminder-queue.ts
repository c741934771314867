import { Injectable } from '@nestjs/common';
import { Outbox } from '../../outbox/write/outbox.js';
import type { DeliveryRecord, NewDelivery } from '../model/reminder-records.js';
import { type DeliveryReference, messageKeyOf, queuedMessage, TOPICS } from '../model/reminder-topics.js';

/** Puts deliveries into the outbox, in the running transaction. */
@Injectable()
export class ReminderQueue {
  constructor(private readonly outbox: Outbox) {}

  /** Adds the queued ones of these deliveries of the current tenant. */
  async add(deliveries: readonly (NewDelivery | DeliveryRecord)[]): Promise<void> {
    for (const method of ['email', 'webhook'] as const) {
      const own = deliveries.filter((delivery) => delivery.status === 'queued' && delivery.method === method);
      await this.outbox.enqueue(TOPICS[method], own.map(queuedMessage));
    }
  }

  /** Removes the messages of deliveries that are gone. */
  async remove(references: readonly DeliveryReference[]): Promise<void> {
    for (const topic of Object.values(TOPICS)) await this.outbox.remove(topic, references.map(messageKeyOf));
  }
}
