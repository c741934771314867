import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/** What a crash would cost is of no interest to tests, and deadlocks made on purpose are found soon. */
const FAST = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  deadlock_timeout: '50ms',
  max_connections: '300',
};

export interface ThrowAwayPostgres extends EmbeddedPostgres {
  readonly dataDir: string;
}

/**
 * A server whose data go when it stops.
 * @param settings by default those that make it fast, without care for the data
 */
export async function startThrowAwayPostgres(
  settings: Readonly<Record<string, string>> = FAST,
): Promise<ThrowAwayPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'calendar-test-'));
  // Started by root the server runs as another account, which has to get in.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings, temporary: true });
  return { ...server, dataDir };
}
