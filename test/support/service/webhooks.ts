import { createHmac } from 'node:crypto';
import type { NewWebhookSubscription } from '../../../clients/typescript/src/schema.js';
import { OutboxWorkers } from '../../../src/outbox/worker/outbox-workers.js';
import { FanOut } from '../../../src/webhooks/fan-out/fan-out.js';
import type { Client } from '../client/client.js';
import { type ReceivedCall, WebhookReceiver } from '../servers/webhook-receiver.js';
import { addKey } from '../tenants/tenant.js';
import { startTestApplication, type TestApplication } from './application.js';
import { TestClock } from './test-clock.js';

type Fields = Readonly<Record<string, unknown>>;

/** The body of a delivery. */
export interface Delivered {
  readonly type: string;
  readonly timestamp: string;
  readonly sequence: number;
  readonly previous_sequence: number | null;
  readonly data: Fields;
  readonly changed_fields?: string[];
  readonly previous?: Record<string, unknown>;
  readonly original_start?: string;
  readonly missed?: boolean;
  readonly invite?: Fields;
  readonly reminder?: Fields;
}

export const EVENT_TYPES: NewWebhookSubscription['types'] = [
  'event.created',
  'event.updated',
  'event.deleted',
  'invite.answered',
];

/** The service over a database of its own, and a receiver. The test sets the time, and makes and sends the deliveries. */
export class WebhookBench {
  readonly receiver = new WebhookReceiver();

  private constructor(
    readonly application: TestApplication,
    readonly clock: TestClock,
    /** A key of the default tenant. */
    readonly backend: Client,
  ) {}

  static async start(environment: NodeJS.ProcessEnv = {}): Promise<WebhookBench> {
    const clock = new TestClock('2026-01-05T08:00:00Z');
    const settings = {
      REMINDER_DISPATCH: 'off',
      WEBHOOK_DISPATCH: 'off',
      WEBHOOK_ALLOW_PRIVATE: 'true',
      ...environment,
    };
    const application = await startTestApplication(settings, clock);
    const bench = new WebhookBench(application, clock, await addKey(application, 1));
    bench.url = await bench.receiver.start();
    return bench;
  }

  url = '';

  async close(): Promise<void> {
    await this.application.close();
    await this.receiver.stop();
  }

  /** Subscribes, by default to all changes of the tenant. @returns the subscription, with its secret */
  async subscribe(
    fields: Partial<NewWebhookSubscription> = {},
    client: Client = this.backend,
    path = '/hook',
  ) {
    const command = { url: `${this.url}${path}`, types: EVENT_TYPES, ...fields };
    return (await client.create('/webhook-subscriptions', command)).body;
  }

  /** Makes the deliveries of all changes. */
  async fanOut(): Promise<void> {
    while ((await this.application.app.get(FanOut).step(true)) === 'more');
  }

  /** Makes the deliveries of all changes, and sends those that are due. @returns the calls that the receiver got */
  async calls(): Promise<ReceivedCall[]> {
    await this.fanOut();
    const workers = this.application.app.get(OutboxWorkers);
    const before = this.receiver.received.length;
    while ((await workers.startDue()) > 0) await workers.finish();
    return this.receiver.received.slice(before);
  }

  /** The same. @returns the bodies, in the order of their numbers */
  async deliver(path = '/hook'): Promise<Delivered[]> {
    const calls = (await this.calls()).filter((call) => call.path === path);
    return calls.map(bodyOf).toSorted((a, b) => a.sequence - b.sequence);
  }

  /** The deliveries of a subscription as the API lists them, newest first. */
  async listed(subscriptionId: number) {
    return (await this.backend.get(`/webhook-subscriptions/${subscriptionId}/deliveries`)).body as {
      readonly id: string;
      readonly type: string;
      readonly status: string;
      readonly attempts: number;
      readonly last_status_code: number | null;
      readonly last_error: string | null;
      readonly next_attempt_at: string | null;
    }[];
  }
}

export function bodyOf({ body }: ReceivedCall): Delivered {
  return JSON.parse(body) as Delivered;
}

/** The signature of a call by a secret, as Standard Webhooks defines it. */
export function signatureOf({ headers, body }: ReceivedCall, secret: string): string {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const content = [headers['webhook-id'], headers['webhook-timestamp'], body].join('.');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
}
