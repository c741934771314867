import type { AttemptOutcome, AttemptResult, OutboxMessage } from './outbox-message.js';

/** Sends one message. An error counts as an attempt that failed, and its text as the reason. */
export type Attempt = () => Promise<AttemptOutcome>;

/** The most messages under way at a time in one instance. */
export interface TopicLimits {
  readonly atOnce: number;
  /** Shared by all topics that name the lane. The same applies to a second lane. */
  readonly atOnceOfLane: number;
  readonly atOnceOfSecondLane: number;
  /**
   * The most messages of one group that an instance takes together. The instance sends them one after the other, and
   * they count as one message under way.
   */
  readonly run: number;
}

/** A kind of messages, and the way to send them. Its owner registers it with `OutboxWorkers`. */
export interface OutboxTopic {
  readonly name: string;
  /** Whether this instance sends the messages. Otherwise, it only adds them. */
  readonly isSent: boolean;
  readonly limits: TopicLimits;
  /** Milliseconds. Longer than an attempt can take, by `LONGEST_RUN_MS` if a run may have several messages. */
  readonly leaseMs: number;
  /** Milliseconds before the second attempt, before the third one, and so on. After the last one, the message fails. */
  readonly retryDelaysMs: readonly number[];
  /** The largest part of a delay that is added to it at random, up to a fifth. */
  readonly jitter: number;
  /** Milliseconds for which an ended message is kept, with its key. */
  readonly keptMs: number;
  /**
   * Loads the data of messages of one tenant, in that tenant, with few statements for any number of messages.
   * @returns the attempts, in the order of the messages
   */
  prepare(messages: readonly OutboxMessage[]): Promise<readonly Attempt[]>;
  /** Takes note of attempts on messages of one tenant, in the transaction that records them. */
  recorded?(results: readonly AttemptResult[]): Promise<void>;
}
