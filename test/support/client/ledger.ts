import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import { eventually } from '../database/data-directory.js';
import { Client } from './client.js';

/** Longer than any crash and the recovery after it. */
const PATIENCE_MS = 120_000;

const START = '2022-09-06T10:00:00Z';
const WINDOW = 'from=2022-09-06T00:00:00Z&to=2022-09-07T00:00:00Z';

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
    const event = { title, start_date: START, duration: 3600, organizer_user_id: organizer };
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

/** Waits until the service has acknowledged some more events. */
export async function writtenSome(ledger: Ledger): Promise<void> {
  const before = ledger.acknowledged.size;
  await eventually(async () => ledger.acknowledged.size > before + 50);
}

/** Expects that the list of the organizer has each acknowledged event once, and no other one. */
export async function expectEachOnce(ledger: Ledger, client: Client, organizer: number): Promise<void> {
  const listed = new Map<string, number>();
  for await (const { body } of client.pages(`/users/${organizer}/events?${WINDOW}&limit=1000`)) {
    for (const { id, title } of body) {
      expect(listed.has(title)).toBe(false);
      listed.set(title, id);
    }
  }
  expect(listed).toEqual(new Map(ledger.acknowledged));
}
