import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';

/** Tests need no durable data, and cause deadlocks that PostgreSQL has to find soon. */
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
 * Starts a server whose data are removed when it stops.
 * @param settings by default fast settings, which lose data in a crash
 */
export async function startThrowAwayPostgres(
  settings: Readonly<Record<string, string>> = FAST,
): Promise<ThrowAwayPostgres> {
  const dataDir = await mkdtemp(join(tmpdir(), 'calendar-test-'));
  // If root starts the server, it runs as another account, which has to reach the directory.
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings, temporary: true });
  return { ...server, dataDir };
}
