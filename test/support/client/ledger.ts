import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from './client.js';

/** Longer than any crash and the recovery after it. */
const PATIENCE_MS = 120_000;

/** The events that the service acknowledged: the id of each, by its title. */
export interface Ledger {
  readonly acknowledged: ReadonlyMap<string, number>;
  /** Waits until each writer's last request is acknowledged. */
  finish(): Promise<void>;
}

/**
 * Lets so many writers create events, each one after the other. Every event has its own key and title. A writer repeats
 * a request that is not acknowledged until it is.
 */
export function keepLedger(url: string, organizer: number, writers: number): Ledger {
  const acknowledged = new Map<string, number>();
  const finishing = new AbortController();
  const deadline = Date.now() + PATIENCE_MS;

  const write = async (): Promise<void> => {
    const title = randomUUID();
    const event = { title, start_date: '2022-09-06T10:00:00Z', duration: 3600, organizer_user_id: organizer };
    for (;;) {
      const response = await new Client(url)
        .send('POST', '/events', event, { 'idempotency-key': title })
        .catch(() => null);
      if (response?.status === 201) {
        acknowledged.set(title, response.body.id);
        return;
      }
      if (Date.now() > deadline) throw new Error('A write was not acknowledged in time.');
      if (response && ![409, 503].includes(response.status))
        throw new Error(`${response.status}: ${JSON.stringify(response.body)}`);
      await sleep(20);
    }
  };
  const running = Promise.all(
    Array.from({ length: writers }, async () => {
      while (!finishing.signal.aborted) await write();
    }),
  ).finally(() => finishing.abort());
  // `finish` reports the failure.
  running.catch(() => undefined);
  return {
    acknowledged,
    finish: async () => {
      finishing.abort();
      await running;
    },
  };
}
