import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.js';

/** Longer than any crash and what follows it. */
const PATIENCE_MS = 120_000;

/** What writers were told: the id of each event, by its title. */
export interface Ledger {
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Lets the writers finish what they have begun, however often they have to repeat it. */
  finish(): Promise<void>;
}

/**
 * Lets so many writers create events one after the other, each under a key and under a title of its own. What is not
 * acknowledged is repeated as it was until it is.
 */
export function keepLedger(url: string, organizer: number, writers: number): Ledger {
  const acknowledged = new Map<string, number>();
  const finishing = new AbortController();
  const deadline = Date.now() + PATIENCE_MS;

  const write = async (): Promise<void> => {
    const title = randomUUID();
    const event = { title, start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: organizer };
    for (;;) {
      const answer = await new Client(url)
        .send('POST', '/events', event, { 'idempotency-key': title })
        .catch(() => null);
      if (answer?.status === 201) {
        acknowledged.set(title, answer.body.id);
        return;
      }
      if (Date.now() > deadline) throw new Error('A write was not acknowledged in time.');
      if (answer && ![409, 503].includes(answer.status)) {
        throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
      }
      await sleep(20);
    }
  };
  const running = Promise.all(
    Array.from({ length: writers }, async () => {
      while (!finishing.signal.aborted) await write();
    }),
  ).finally(() => finishing.abort());
  // Whoever finishes hears of it.
  running.catch(() => undefined);
  return {
    acknowledged,
    finish: async () => {
      finishing.abort();
      await running;
    },
  };
}
