import { chmod, cp, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dataDirectoryOf, PASSWORD_FILE } from './cluster/cluster.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.js';
import { serverAccount } from './installation/server-account.js';
import { prepareServerHome } from './installation/server-home.js';
import { copyAsStandby, give } from './standby.js';

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
  const dataDir = await newDirectory();
  const server = await startEmbeddedPostgres({ dataDir, settings, temporary: true });
  return { ...server, dataDir };
}

/** Starts a server that follows another one. Its data are removed when it stops. */
export async function startThrowAwayStandby(
  primary: ThrowAwayPostgres,
  settings: Readonly<Record<string, string>>,
): Promise<ThrowAwayPostgres> {
  const dataDir = await newDirectory();
  const followed = dataDirectoryOf(join(primary.dataDir, 'postgres'));
  const account = await serverAccount(followed);
  const copy = dataDirectoryOf(await prepareServerHome(dataDir, account));
  // The role has the same password, whose text stands beside the data.
  await mkdir(dirname(copy), { mode: 0o700 });
  await cp(join(dirname(followed), PASSWORD_FILE), join(dirname(copy), PASSWORD_FILE));
  await copyAsStandby({ url: primary.url, dataDirectory: followed }, copy, account);
  await give(dirname(copy), account);
  const server = await startEmbeddedPostgres({ dataDir, settings, temporary: true });
  return { ...server, dataDir };
}

async function newDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'calendar-test-'));
  // If root starts the server, it runs as another account, which has to reach the directory.
  await chmod(directory, 0o711);
  return directory;
}
