import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HOUR, MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import type { AttemptOutcome, AttemptResult, OutboxMessage } from '../../outbox/model/outbox-message.js';
import type { Attempt, OutboxTopic } from '../../outbox/model/outbox-topic.js';
import { OutboxWorkers } from '../../outbox/worker/outbox-workers.js';
import { LONGEST_RUN_MS } from '../../outbox/worker/topic-worker.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { errorCode } from '../../platform/error-code.js';
import { KeptConnections } from '../../platform/network/kept-connections.js';
import { NOT_PUBLIC } from '../../platform/network/public-request.js';
import { callWebhook, ReceiverRefusal } from '../../platform/network/signed-webhook.js';
import { SealedSecrets } from '../../platform/secrets/sealed-secrets.js';
import { deliveryIdOf } from '../model/delivery-id.js';
import { isSent } from '../model/subscription-record.js';
import {
  deliveryMessageKey,
  keyOfMessage,
  WEBHOOK_DELIVERY_LIFETIME_MS,
  WEBHOOK_TOPIC,
  type WebhookDeliveryRecord,
} from '../model/webhook-delivery-record.js';
import { keyOfSecret } from '../model/webhook-secret.js';
import { type DeliveryTargetRow, DeliveryTargetsRepository } from '../store/delivery-targets.repository.js';
import { WebhookDeliveriesRepository } from '../store/webhook-deliveries.repository.js';
import { DeliveryBodies } from './delivery-bodies.js';
import { SubscriptionHealth } from './subscription-health.js';

/** Milliseconds of an attempt. */
const ATTEMPT_TIMEOUT_MS = 10 * SECOND;

/** Each call waits for the network for up to ten seconds, and holds a socket. */
const MAX_CALLS_AT_ONCE = 400;

/** A receiver that takes ten seconds for each delivery occupies these slots, and no others. */
const MAX_CALLS_OF_SUBSCRIPTION = 20;

/** One owner has up to a hundred receivers. Those that never respond leave most of the slots to other owners. */
const MAX_CALLS_OF_OWNER = 60;

/** Deliveries of one event that go out one after the other in one slot. */
const LONGEST_RUN = 10;

/** Nine retries in 34 hours. */
const RETRY_DELAYS_MS = [
  5 * SECOND,
  10 * SECOND,
  20 * SECOND,
  MINUTE,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  8 * HOUR,
  24 * HOUR,
];

/** The HTTP status by which a receiver ends its subscription. */
const GONE = 410;

/** Sends deliveries: the topic `webhook` of the outbox. */
@Injectable()
export class WebhookTopic implements OutboxTopic, OnModuleInit, OnModuleDestroy {
  readonly name = WEBHOOK_TOPIC;
  readonly isSent: boolean;
  readonly limits = {
    atOnce: MAX_CALLS_AT_ONCE,
    atOnceOfLane: MAX_CALLS_OF_SUBSCRIPTION,
    atOnceOfSecondLane: MAX_CALLS_OF_OWNER,
    run: LONGEST_RUN,
  };
  readonly leaseMs = ATTEMPT_TIMEOUT_MS + LONGEST_RUN_MS + 15 * SECOND;
  readonly retryDelaysMs = RETRY_DELAYS_MS;
  readonly jitter = 0.2;
  readonly keptMs = WEBHOOK_DELIVERY_LIFETIME_MS;
  private readonly connections = new KeptConnections();

  constructor(
    private readonly workers: OutboxWorkers,
    private readonly deliveries: WebhookDeliveriesRepository,
    private readonly targets: DeliveryTargetsRepository,
    private readonly bodies: DeliveryBodies,
    private readonly health: SubscriptionHealth,
    private readonly secrets: SealedSecrets,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {
    this.isSent = configuration.webhookDispatch;
  }

  onModuleInit(): void {
    this.workers.register(this);
  }

  onModuleDestroy(): void {
    this.connections.close();
  }

  async prepare(messages: readonly OutboxMessage[]): Promise<Attempt[]> {
    const keys = messages.map(({ key }) => keyOfMessage(key));
    const targets = new Map(
      (await this.targets.withIds([...new Set(keys.map((key) => key.subscriptionId))])).map((one) => [
        one.id,
        one,
      ]),
    );
    const open = keys.filter((key) => {
      const target = targets.get(key.subscriptionId);
      return target !== undefined && isSent(target);
    });
    const deliveries = open.length === 0 ? [] : await this.deliveries.withKeys(open);
    const bodies = await this.bodies.of(
      deliveries.map((delivery) => ({
        delivery,
        ownerId: targets.get(delivery.subscriptionId)?.userId ?? null,
      })),
    );
    const indexOf = new Map(deliveries.map((delivery, index) => [deliveryMessageKey(delivery), index]));
    return messages.map(({ key }) => {
      const index = indexOf.get(key);
      const delivery = index === undefined ? undefined : deliveries[index];
      const target = delivery && targets.get(delivery.subscriptionId);
      if (!delivery || !target) return async () => notCalled('The subscription is disabled or deleted.');
      const body = bodies[index ?? 0];
      if (body === null) return async () => notCalled('The log of changes has lost the change.');
      return async () => this.send(target, delivery, body);
    });
  }

  async recorded(results: readonly AttemptResult[]): Promise<void> {
    const called = results.filter(({ outcome }) => outcome.kind !== 'failed' || outcome.statusCode !== null);
    await this.health.note({
      succeeded: new Set(called.filter(({ outcome }) => outcome.kind === 'delivered').map(idOf)),
      failed: new Set(called.filter(({ outcome }) => outcome.kind !== 'delivered').map(idOf)),
      gone: new Set(called.filter(({ outcome }) => outcome.statusCode === GONE).map(idOf)),
    });
  }

  private async send(
    target: DeliveryTargetRow,
    delivery: WebhookDeliveryRecord,
    body: string,
  ): Promise<AttemptOutcome> {
    const sentAt = this.clock.now();
    const secrets = this.secretsOf(target, sentAt);
    if (secrets.length === 0) throw new Error('The service cannot read the secret any more.');
    try {
      const statusCode = await callWebhook(new URL(target.url), {
        id: deliveryIdOf(delivery),
        sentAt,
        body,
        keys: secrets.map(keyOfSecret),
        timeoutMs: ATTEMPT_TIMEOUT_MS,
        allowPrivate: this.configuration.webhookAllowPrivate,
        connections: this.connections,
      });
      return { kind: 'delivered', statusCode, error: null };
    } catch (error) {
      if (!(error instanceof ReceiverRefusal))
        return { kind: 'retry', statusCode: null, error: faultOf(error) };
      const { statusCode, message } = error;
      return { kind: statusCode === GONE ? 'failed' : 'retry', statusCode, error: message };
    }
  }

  /** The present secret comes first. */
  private secretsOf(
    { secret, previousSecret, previousSecretEndsAt }: DeliveryTargetRow,
    now: Date,
  ): string[] {
    const previous = previousSecretEndsAt !== null && previousSecretEndsAt > now ? previousSecret : null;
    return [secret, previous].flatMap((sealed) => (sealed === null ? [] : (this.secrets.open(sealed) ?? [])));
  }
}

function idOf({ message }: AttemptResult): number {
  return keyOfMessage(message.key).subscriptionId;
}

/** What an owner may know of a call that had no response. */
function faultOf(error: unknown): string {
  const code = errorCode(error);
  return code !== null && code in FAULTS ? FAULTS[code] : 'The connection to the receiver failed.';
}

const FAULTS: Readonly<Record<string, string>> = {
  [NOT_PUBLIC]: 'The receiver is not at a public address.',
  ECONNREFUSED: 'The receiver refused the connection.',
  ECONNRESET: 'The receiver closed the connection.',
  ENOTFOUND: 'The name of the receiver has no address.',
  EAI_AGAIN: 'The name of the receiver cannot be resolved at the moment.',
  ABORT_ERR: 'The receiver did not respond in time.',
  ETIMEDOUT: 'The receiver did not respond in time.',
  EPROTO: 'The receiver does not speak TLS as the URL demands.',
};

/** The end of a delivery without a call of the receiver. */
function notCalled(error: string): AttemptOutcome {
  return { kind: 'failed', statusCode: null, error };
}
