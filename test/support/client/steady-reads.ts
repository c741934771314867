import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.js';

const PAUSE_MS = 50;

/** Requests that go on while a part of the service fails. */
export interface SteadyReads {
  /** Waits until each path has been read successfully by each client once more, one right after the other. */
  succeeded(): Promise<void>;
  /** Ends the requests. @returns the statuses of all responses, each once, in ascending order */
  finish(): Promise<number[]>;
}

/** Reads each path again and again, by each client. */
export function readSteadily(clients: readonly Client[], paths: readonly string[]): SteadyReads {
  const statuses = new Set<number>();
  const stopping = new AbortController();
  /** The rounds of each client in which every read succeeded. */
  const rounds = clients.map(() => 0);
  const running = Promise.all(
    clients.map(async (client, index) => {
      while (!stopping.signal.aborted) {
        const read = new Set<number>();
        for (const path of paths) read.add((await client.get(path)).status);
        for (const status of read) statuses.add(status);
        if (read.size === 1 && read.has(200)) rounds[index] += 1;
        await sleep(PAUSE_MS);
      }
    }),
  ).finally(() => stopping.abort());
  // `finish` reports a failure.
  running.catch(() => undefined);
  return {
    succeeded: async () => {
      // The first further round may have begun before the call.
      const least = rounds.map((count) => count + 2);
      while (!stopping.signal.aborted && rounds.some((count, index) => count < least[index]))
        await sleep(PAUSE_MS);
    },
    finish: async () => {
      stopping.abort();
      await running;
      return [...statuses].toSorted((a, b) => a - b);
    },
  };
}
