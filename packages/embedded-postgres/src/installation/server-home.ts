import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { lstat, realpath, symlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import { errorCode } from '../error-code.js';
import { makePassableDirectory } from './passable-directory.js';
import type { ServerAccount } from './server-account.js';

/** The directory for files that the server's account cannot reach in their place, if root starts the server. */
export const SYSTEM_HOME = '/var/lib/calendar-backend';

/**
 * The directory of everything the embedded server keeps: `<dataDir>/postgres`, made when it is missing.
 *
 * Under a private parent, such as root's own home, the server's account could not open its files. The
 * directory then lies in /var/lib and `<dataDir>/postgres` is a symbolic link to it.
 */
export async function prepareServerHome(dataDir: string, account: ServerAccount): Promise<string> {
  await makePassableDirectory(resolve(dataDir));
  const home = join(await realpath(dataDir), 'postgres');
  if (!(await exists(home))) {
    if (canReach(dirname(home), account)) await makePassableDirectory(home);
    else await linkToSystemHome(home);
  }
  const place = await realpath(home).catch(() => {
    throw new EmbeddedPostgresError(
      `${home} points to a directory that is gone`,
      'restore that directory, remove the link to begin with no data',
    );
  });
  if (!canReach(place, account)) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL runs as uid ${account.uid}, which cannot reach ${place}`,
      'open the directories above it (chmod o+x)',
    );
  }
  return place;
}

async function linkToSystemHome(home: string): Promise<void> {
  const place = join(SYSTEM_HOME, randomBytes(6).toString('hex'));
  await makePassableDirectory(place);
  await symlink(place, home).catch((error: unknown) => {
    if (errorCode(error) !== 'EEXIST') throw error;
  });
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** Tries it as the account, since access lists and mounts decide too. */
function canReach(directory: string, account: ServerAccount): boolean {
  if (account.uid === undefined) return true;
  return spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', directory], { ...account, cwd: '/' }).status === 0;
}
