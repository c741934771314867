import type { AttemptOutcome, AttemptResult, OutboxMessage } from './outbox-message.js';
import type { OutboxTopic } from './outbox-topic.js';

/**
 * The state of a message after an attempt that ended at `now`.
 * @param random from 0 to 1
 */
export function resultOf(
  { retryDelaysMs, jitter }: Pick<OutboxTopic, 'retryDelaysMs' | 'jitter'>,
  message: OutboxMessage,
  outcome: AttemptOutcome,
  now: Date,
  random: number,
): AttemptResult {
  const delay = outcome.kind === 'retry' ? retryDelaysMs[message.attempts - 1] : undefined;
  if (delay !== undefined) {
    const nextAttemptAt = new Date(now.getTime() + Math.round(delay * (1 + jitter * random)));
    return { message, outcome, status: 'pending', nextAttemptAt, endedAt: null };
  }
  const status = outcome.kind === 'delivered' ? 'delivered' : 'failed';
  return { message, outcome, status, nextAttemptAt: null, endedAt: now };
}
