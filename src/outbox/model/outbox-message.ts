/** `failed`: the last attempt failed, or the topic gave the message up. */
export type MessageStatus = 'pending' | 'delivered' | 'failed';

/** A message to send. */
export interface NewMessage {
  /** Identifies the message in its tenant and topic. A second message with the same key is not added. */
  readonly key: string;
  /**
   * Messages of one group are sent in the order in which they were added: each waits until the one before is delivered
   * or has failed. Transactions that add to one group must hold a lock in common, such as that of the row that the
   * group is about. Null: the message waits for no other one.
   */
  readonly groupKey: string | null;
  /** The receiver, such as `subscription 7`: few messages of one lane are sent at a time, so it delays no other lane. */
  readonly lane: string;
  /** A second subject with a limit of its own, such as the host of the receiver; null: none. */
  readonly secondLane: string | null;
  readonly payload: unknown;
  /** Attempts that were made before the message was added; 0 if absent. */
  readonly attempts?: number;
}

/** How far the delivery of a message is. */
export interface MessageState {
  readonly status: MessageStatus;
  readonly attempts: number;
  /** The HTTP status of the last attempt; null: there was none. */
  readonly lastStatusCode: number | null;
  readonly lastError: string | null;
  /** When the next attempt is due; null: the message has ended. */
  readonly nextAttemptAt: Date | null;
  readonly endedAt: Date | null;
}

/** A message of which an attempt begins. */
export interface OutboxMessage {
  readonly tenantId: number;
  readonly id: number;
  readonly key: string;
  readonly groupKey: string | null;
  readonly lane: string;
  readonly secondLane: string | null;
  readonly payload: unknown;
  /** The number of this attempt, from 1. */
  readonly attempts: number;
  readonly createdAt: Date;
}

/** The end of an attempt. */
export interface AttemptOutcome {
  /** `retry`: the attempt failed, and the next one follows after the delay of the topic, if there is one. */
  readonly kind: 'delivered' | 'retry' | 'failed';
  /** The HTTP status of the receiver; null: the receiver sent none. */
  readonly statusCode: number | null;
  /** The reason of a failure; null: there is none. */
  readonly error: string | null;
  /** The topic's own name of this end, for `recorded`. */
  readonly end?: string;
}

/** The state of a message after an attempt. */
export interface AttemptResult {
  readonly message: OutboxMessage;
  readonly outcome: AttemptOutcome;
  readonly status: MessageStatus;
  /** Null unless the message is pending. */
  readonly nextAttemptAt: Date | null;
  readonly endedAt: Date | null;
}
