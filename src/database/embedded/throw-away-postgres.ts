import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/** What a crash would cost is of no interest here, and deadlocks made on purpose are found soon. */
const SETTINGS = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  deadlock_timeout: '50ms',
  max_connections: '300',
};

/** A server for tests and checks, fast and without care for its data, which go when it stops. */
export async function startThrowAwayPostgres(): Promise<EmbeddedPostgres> {
  const directory = await mkdtemp(join(tmpdir(), 'calendar-test-'));
  // Started by root the server runs as another account, which has to get in.
  await chmod(directory, 0o711);
  return startEmbeddedPostgres({ dataDir: directory, settings: SETTINGS, temporary: true });
}
