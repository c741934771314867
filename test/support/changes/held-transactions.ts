import { setTimeout as sleep } from 'node:timers/promises';
import { Client as Connection } from 'pg';
import type { Random } from './random.js';
import type { AcknowledgedWrites } from './writes/acknowledged-writes.js';
import { changedBlindly } from './writes/write.js';

const MAX_HELD_MS = 600;
const MAX_PAUSE_MS = 150;

/** The part of the transactions that roll back. */
const ROLLED_BACK = 0.2;

export interface HeldTransactions {
  /** Waits until the last one has ended. */
  finish(): Promise<void>;
}

/**
 * Changes an event by SQL again and again, each time in a transaction that stays open for a while, so that later changes
 * of other events are committed before. No other writer may change the event, since it would wait for its lock.
 */
export function holdTransactions(
  databaseUrl: string,
  eventId: number,
  written: AcknowledgedWrites,
  random: Random,
): HeldTransactions {
  const stopping = new AbortController();
  const running = hold(databaseUrl, eventId, written, random, stopping.signal);
  // `finish` reports the failure.
  running.catch(() => undefined);
  return {
    finish: async () => {
      stopping.abort();
      await running;
    },
  };
}

async function hold(
  databaseUrl: string,
  eventId: number,
  written: AcknowledgedWrites,
  random: Random,
  stopping: AbortSignal,
): Promise<void> {
  const connection = new Connection({ connectionString: databaseUrl });
  await connection.connect();
  try {
    for (let transaction = 1; !stopping.aborted; transaction += 1) {
      await connection.query('BEGIN');
      await connection.query(
        'UPDATE events SET title = $2, version = version + 1, updated_at = now() WHERE id = $1',
        [eventId, `Transaction ${transaction}`],
      );
      await sleep(random.between(0, MAX_HELD_MS));
      const rollsBack = random.chance(ROLLED_BACK);
      await connection.query(rollsBack ? 'ROLLBACK' : 'COMMIT');
      if (!rollsBack) written.acknowledge('hold a transaction', [changedBlindly(eventId)]);
      await sleep(random.between(0, MAX_PAUSE_MS));
    }
  } finally {
    await connection.end();
  }
}
