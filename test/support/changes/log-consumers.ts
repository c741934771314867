import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { ChangeLog } from '../../../src/changes/log/change-log.js';
import type { LoggedChange } from '../../../src/changes/model/logged-change.js';
import { loggedRows } from './logged-writes.js';

/** Consumers that read the log from the present on, each change exactly once. */
export interface LogConsumers {
  /** Waits until each has read to the end of the log, and expects that each got all changes since its start. */
  finish(databaseUrl: string): Promise<void>;
}

/** How one consumer reads. */
export interface ConsumerPace {
  readonly limit: number;
  readonly pauseMs: number;
}

export async function startLogConsumers(
  log: ChangeLog,
  paces: readonly ConsumerPace[],
): Promise<LogConsumers> {
  const stopping = new AbortController();
  const consumers = await Promise.all(
    paces.map(async (pace) => {
      const { cursor } = await log.since(null, pace.limit);
      return { read: consume(log, cursor, pace, stopping.signal) };
    }),
  );
  // `finish` reports a failure.
  for (const { read } of consumers) read.catch(() => undefined);
  return {
    finish: async (databaseUrl) => {
      stopping.abort();
      for (const { read } of consumers) {
        const changes = await read;
        expectOrderOfEvents(changes);
        const sequences = changes.map(({ sequence }) => sequence).toSorted((a, b) => a - b);
        const rows = await loggedRows(databaseUrl);
        expect(sequences).toEqual(rows.map(({ sequence }) => sequence));
      }
    },
  };
}

async function consume(
  log: ChangeLog,
  start: string,
  { limit, pauseMs }: ConsumerPace,
  stopping: AbortSignal,
): Promise<LoggedChange[]> {
  const consumed: LoggedChange[] = [];
  for (let cursor = start; ; ) {
    // The last part begins after the last change.
    const isLast = stopping.aborted;
    const { changes, cursor: next, more, missed } = await log.since(cursor, limit);
    if (missed) throw new Error('A consumer missed changes.');
    consumed.push(...changes);
    cursor = next;
    if (isLast && !more && changes.length === 0) return consumed;
    await sleep(isLast ? 0 : pauseMs);
  }
}

/** Expects that no version of an event goes back. */
function expectOrderOfEvents(changes: readonly LoggedChange[]): void {
  const versions = new Map<number, number>();
  const backwards = changes.filter(({ eventId, version }) => {
    const before = versions.get(eventId) ?? 0;
    versions.set(eventId, version);
    return version <= before;
  });
  expect(backwards).toEqual([]);
}
