import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { EmbeddedPostgresError } from '../embedded-postgres-error.js';
import { errorCode } from '../error-code.js';
import type { ServerAccount } from '../installation/server-account.js';
import type { ServerBinaries } from '../installation/server-binaries.js';
import { serverEnvironment } from '../installation/server-environment.js';
import { MAJOR_VERSION } from './data-version.js';
import { startRefusal } from './start-refusal.js';

/** The name of the only role, and of the database. */
export const SERVER_ROLE = 'calendar';

/** The file beside the data that has the password. */
export const PASSWORD_FILE = 'password';

/** The data of one server and the password of its only role. */
export interface Cluster {
  readonly dataDirectory: string;
  readonly password: string;
}

/** The data directory of a server home. The directory need not exist. */
export function dataDirectoryOf(home: string): string {
  return join(home, MAJOR_VERSION, 'data');
}

/** Opens the cluster of a server home. Creates the cluster if there is none. */
export async function ensureCluster(
  home: string,
  binaries: ServerBinaries,
  account: ServerAccount,
): Promise<Cluster> {
  const dataDirectory = dataDirectoryOf(home);
  const missing = await stat(join(home, MAJOR_VERSION)).then(
    () => false,
    (error: unknown) => errorCode(error) === 'ENOENT',
  );
  if (missing) await createCluster(home, binaries, account);
  return { dataDirectory, password: await readPassword(home) };
}

/** The password of the only role of a server home. */
export async function readPassword(home: string): Promise<string> {
  const password = await readFile(join(home, MAJOR_VERSION, PASSWORD_FILE), 'utf8').catch((cause) => {
    if (errorCode(cause) === 'ENOENT') {
      const problem = `The data in ${home} lack the password of the server`;
      throw new EmbeddedPostgresError(problem, 'restore them from a backup', { cause });
    }
    const problem = `The data in ${home} belong to another account`;
    throw new EmbeddedPostgresError(problem, 'start the service as the account that made them', { cause });
  });
  return password.trim();
}

/**
 * Creates the cluster in another directory and renames it. A process that is killed meanwhile leaves nothing that
 * looks like data. Of two processes that start at once, the first to rename wins.
 */
async function createCluster(home: string, binaries: ServerBinaries, account: ServerAccount): Promise<void> {
  const staging = join(home, `.new-${randomBytes(4).toString('hex')}`);
  const passwordFile = join(staging, PASSWORD_FILE);
  await mkdir(staging);
  try {
    await chmod(staging, 0o700);
    await writeFile(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
    await give(passwordFile, account);
    await give(staging, account);
    await initialise(join(staging, 'data'), passwordFile, binaries, account);
    await rename(staging, join(home, MAJOR_VERSION)).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(errorCode(error) ?? '')) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

async function initialise(
  dataDirectory: string,
  passwordFile: string,
  binaries: ServerBinaries,
  account: ServerAccount,
): Promise<void> {
  const options = [
    '-D',
    dataDirectory,
    '-U',
    SERVER_ROLE,
    '--auth=scram-sha-256',
    `--pwfile=${passwordFile}`,
  ];
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  const initdb = spawn(binaries.initdb, [...options, ...locale, '--no-instructions'], {
    ...account,
    cwd: '/',
    env: serverEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const exited = new Promise<number | null>((resolve, reject) => {
    initdb.once('error', reject).once('close', resolve);
  });
  const [status, complaint] = await Promise.all([exited, text(initdb.stderr)]);
  if (status !== 0) {
    throw startRefusal(
      `The embedded PostgreSQL cannot make its data directory ${dataDirectory}`,
      complaint,
      'check the directory',
    );
  }
}

async function give(path: string, account: ServerAccount): Promise<void> {
  if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
}
