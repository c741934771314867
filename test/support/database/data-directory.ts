import { chmod, mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  dataDirectoryOf,
  livePostmaster,
  type Postmaster,
} from '@calendar-backend/embedded-postgres/testing';
import { Client } from 'pg';

/** A new, empty DATA_DIR that any account may pass through. */
export async function newDataDir(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'calendar-data-'));
  await chmod(directory, 0o711);
  return directory;
}

/** Removes a DATA_DIR, wherever its data lie. */
export async function removeDataDir(dataDir: string): Promise<void> {
  const home = await realpath(join(dataDir, 'postgres')).catch(() => null);
  if (home) {
    await rm(home, { recursive: true, force: true });
  }
  await rm(dataDir, { recursive: true, force: true });
}

/** The server that runs on a DATA_DIR, or null. */
export async function postmasterOf(dataDir: string): Promise<Postmaster | null> {
  const home = await realpath(join(dataDir, 'postgres')).catch(() => null);
  return home === null ? null : livePostmaster(dataDirectoryOf(home));
}

/** Waits until no server runs on a DATA_DIR; rejects after half a minute. */
export async function serverGone(dataDir: string): Promise<void> {
  await eventually(async () => (await postmasterOf(dataDir)) === null);
}

/** Waits for a condition that another process brings about; rejects after half a minute. */
export async function eventually(condition: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) {
      throw new Error(`Still not so: ${condition.toString()}`);
    }
    await sleep(50);
  }
}

/** Runs one query on a connection of its own and gives its rows. */
export async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
