import { Injectable } from '@nestjs/common';
import { DAY } from '../../calendar/time/civil-time.js';
import { Outbox } from '../../outbox/write/outbox.js';
import { Clock } from '../../platform/clock/clock.js';
import type { DisabledReason } from '../model/subscription-record.js';
import { laneOf, WEBHOOK_TOPIC } from '../model/webhook-delivery-record.js';
import { DeliveryTargetsRepository } from '../store/delivery-targets.repository.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';

/** With attempts and no success for this time, a subscription is disabled. */
const FAILING_PERIOD_MS = 5 * DAY;

const GIVEN_UP = 'The subscription was disabled.';

/** The subscriptions whose attempts have ended. */
export interface AttemptedSubscriptions {
  readonly succeeded: ReadonlySet<number>;
  readonly failed: ReadonlySet<number>;
  /** Those whose receivers want no further delivery. */
  readonly gone: ReadonlySet<number>;
}

/** Disables subscriptions, also those whose receivers are gone or fail for long. */
@Injectable()
export class SubscriptionHealth {
  constructor(
    private readonly targets: DeliveryTargetsRepository,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Takes note of attempts, in the running transaction. */
  async note({ succeeded, failed, gone }: AttemptedSubscriptions): Promise<void> {
    if (succeeded.size > 0) await this.targets.succeeded([...succeeded]);
    for (const id of gone) await this.disable(id, 'gone');
    const onlyFailed = [...failed].filter((id) => !succeeded.has(id) && !gone.has(id));
    if (onlyFailed.length === 0) return;
    const now = this.clock.now();
    const cutOff = new Date(now.getTime() - FAILING_PERIOD_MS);
    for (const id of await this.targets.failed(onlyFailed, now, cutOff)) await this.disable(id, 'failing');
  }

  /** Disables a subscription and gives up its pending deliveries, in the running transaction. */
  async disable(id: number, reason: DisabledReason): Promise<void> {
    await this.subscriptions.disable(id, reason, this.clock.now());
    await this.giveUp(id);
  }

  /** Gives up the pending deliveries of a subscription. */
  async giveUp(id: number): Promise<void> {
    await this.outbox.giveUp(WEBHOOK_TOPIC, laneOf(id), GIVEN_UP);
  }
}
