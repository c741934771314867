import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  dataDirectoryOf,
  ensureCluster,
  installBinaries,
  platformPackage,
  SERVER_ROLE,
  type ServerAccount,
  type ServerBinaries,
  SYSTEM_HOME,
} from '@calendar-backend/embedded-postgres/testing';

/** The programs of a PostgreSQL, and the data that they have made. */
interface NewCluster {
  readonly binaries: ServerBinaries;
  readonly dataDirectory: string;
  readonly password: string;
}

/**
 * Makes the data of a new server: of the PostgreSQL whose programs are in the directory `FAULT_SERVER_PROGRAMS`, such as
 * Debian's, or of the embedded one.
 */
export async function createCluster(home: string, account: ServerAccount): Promise<NewCluster> {
  const directory = process.env.FAULT_SERVER_PROGRAMS;
  if (directory !== undefined) return createClusterBy(directory, home, account);
  const copies = account.uid === undefined ? home : SYSTEM_HOME;
  const binaries = await installBinaries(await platformPackage(), copies, account);
  return { binaries, ...(await ensureCluster(home, binaries, account)) };
}

/** PostgreSQL 15 lacks the locale of the embedded server's data. */
async function createClusterBy(directory: string, home: string, account: ServerAccount): Promise<NewCluster> {
  const [initdb, pgCtl, postgres] = ['initdb', 'pg_ctl', 'postgres'].map((name) => join(directory, name));
  const dataDirectory = dataDirectoryOf(home);
  const parent = dirname(dataDirectory);
  const password = randomBytes(24).toString('base64url');
  const passwordFile = join(parent, 'password');
  await mkdir(parent);
  await writeFile(passwordFile, password);
  for (const path of [parent, passwordFile])
    if (account.uid !== undefined && account.gid !== undefined) await chown(path, account.uid, account.gid);
  const options = ['-U', SERVER_ROLE, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  const { status, stderr } = spawnSync(initdb, ['-D', dataDirectory, ...options, '--locale=C'], {
    ...account,
    cwd: '/',
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return { binaries: { initdb, pgCtl, postgres }, dataDirectory, password };
}
