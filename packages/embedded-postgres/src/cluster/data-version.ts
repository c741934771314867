import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedPostgresError, ForeignDataError } from '../embedded-postgres-error.js';

/** Data of another major version cannot be opened, so each has a directory of its own. */
export const MAJOR_VERSION = '18';

/**
 * Expects that the embedded server made the data below a directory, or that there are none yet. An empty server beside
 * the data of another version would look as if all data were lost.
 * @param home the directory of the server's files
 * @throws {EmbeddedPostgresError}
 */
export async function expectOwnVersion(dataDir: string, home: string): Promise<void> {
  const foreign = await versionOf(dataDir);
  if (foreign !== null) throw new ForeignDataError(dataDir, foreign);
  const own = await versionOf(join(home, MAJOR_VERSION, 'data'));
  const other = own ?? (await otherVersionIn(home));
  if (other !== null && other !== MAJOR_VERSION) {
    throw new EmbeddedPostgresError(
      `The data in ${home} are of PostgreSQL ${other}, and the embedded server is PostgreSQL ${MAJOR_VERSION}`,
      'start the version of the service that made them',
    );
  }
}

/** The newest version that has data here, if the server's own version has none. */
async function otherVersionIn(home: string): Promise<string | null> {
  // Data of another account have an error of their own.
  const entries = await readdir(home).catch((): string[] => []);
  if (entries.includes(MAJOR_VERSION)) return null;
  const versions = await Promise.all(entries.map(async (entry) => versionOf(join(home, entry, 'data'))));
  return (
    versions.filter((version) => version !== null).toSorted((one, other) => Number(other) - Number(one))[0] ??
    null
  );
}

/** The version in the data directory of a PostgreSQL; null if the directory is none or cannot be read. */
async function versionOf(directory: string): Promise<string | null> {
  return readFile(join(directory, 'PG_VERSION'), 'utf8').then(
    (version) => version.trim(),
    () => null,
  );
}
