import type {
  AttemptOutcome,
  AttemptResult,
  NewMessage,
  OutboxMessage,
} from '../../../src/outbox/model/outbox-message.js';
import type { Attempt, OutboxTopic, TopicLimits } from '../../../src/outbox/model/outbox-topic.js';
import { LONGEST_RUN_MS } from '../../../src/outbox/worker/topic-worker.js';

export const DELIVERED: AttemptOutcome = { kind: 'delivered', statusCode: 204, error: null };
export const REFUSED: AttemptOutcome = {
  kind: 'retry',
  statusCode: 503,
  error: 'The receiver responded with 503.',
};

/** A topic of which the test decides how attempts end. It keeps the keys of the messages, in the order of their attempts. */
export class TestTopic implements OutboxTopic {
  readonly isSent = false;
  readonly leaseMs = 60_000 + LONGEST_RUN_MS;
  readonly retryDelaysMs = [5_000, 10_000];
  readonly jitter = 0;
  readonly keptMs = 60_000;
  readonly sent: string[] = [];
  readonly messages: OutboxMessage[] = [];
  readonly results: AttemptResult[] = [];

  constructor(
    readonly name: string,
    readonly attempt: (message: OutboxMessage) => Promise<AttemptOutcome> = async () => DELIVERED,
    readonly limits: TopicLimits = { atOnce: 100, atOnceOfLane: 100, atOnceOfSecondLane: 100, run: 10 },
  ) {}

  async prepare(messages: readonly OutboxMessage[]): Promise<readonly Attempt[]> {
    return messages.map((message) => async () => {
      this.sent.push(message.key);
      this.messages.push(message);
      return this.attempt(message);
    });
  }

  async recorded(results: readonly AttemptResult[]): Promise<void> {
    this.results.push(...results);
  }
}

/** Attempts that end when the test ends them. */
export class HeldAttempts {
  readonly held = new Map<string, (outcome: AttemptOutcome) => void>();
  private isReleased = false;

  readonly attempt = async ({ key }: OutboxMessage): Promise<AttemptOutcome> =>
    this.isReleased ? DELIVERED : new Promise((resolve) => this.held.set(key, resolve));

  end(key: string, outcome: AttemptOutcome = DELIVERED): void {
    this.held.get(key)?.(outcome);
    this.held.delete(key);
  }

  endAll(): void {
    for (const key of this.held.keys()) this.end(key);
  }

  /** Ends all attempts, and holds none from now on. */
  release(): void {
    this.isReleased = true;
    this.endAll();
  }
}

/** A message without order, in a lane of its own. */
export function newMessage(key: string, more: Partial<NewMessage> = {}): NewMessage {
  return { key, groupKey: null, lane: `lane of ${key}`, secondLane: null, payload: { of: key }, ...more };
}
