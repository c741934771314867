import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { dataDirectoryOf, readPassword } from './cluster/cluster.js';
import { livePostmaster } from './server/postmaster-file.js';
import { serverUrl } from './server/server-url.js';

/**
 * The address of the embedded server that runs on a data directory; null if none runs.
 * @throws {Error} if the data belong to another account
 */
export async function runningServerUrl(dataDir: string): Promise<string | null> {
  const home = await realpath(join(dataDir, 'postgres')).catch(() => null);
  const server = home === null ? null : await livePostmaster(dataDirectoryOf(home));
  return home === null || server === null ? null : serverUrl(await readPassword(home), server.port);
}
