import { appendFile, chown, cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { Client } from 'pg';
import type { ServerAccount } from './installation/server-account.js';

/** A running server that another one is to follow. */
export interface Primary {
  /** The address of a database, for a role that may replicate. */
  readonly url: string;
  readonly dataDirectory: string;
}

/** Files that belong to the running server, or that it sends to the standby. */
const LEFT_OUT = /^(postmaster\.(pid|opts)|pg_wal\/.*|pg_replslot\/.*|pg_stat_tmp\/.*)$/;

/**
 * Replaces a data directory by a copy of the primary's, from which a server starts that follows the primary.
 * @param account the account of that server
 */
export async function copyAsStandby(primary: Primary, copy: string, account: ServerAccount): Promise<void> {
  await rm(copy, { recursive: true, force: true });
  const label = await backUp(primary, copy);
  await writeFile(join(copy, 'backup_label'), label);
  await writeFile(join(copy, 'standby.signal'), '');
  await mkdir(join(copy, 'pg_wal', 'archive_status'));
  const { hostname, port, username, password } = new URL(primary.url);
  const address = `host=${hostname} port=${port} user=${username} password=${password}`;
  await appendFile(join(copy, 'postgresql.auto.conf'), `primary_conninfo = '${address}'\n`);
  await give(copy, account);
}

/** Makes an account the owner of a directory and of all that it contains. */
export async function give(directory: string, { uid, gid }: ServerAccount): Promise<void> {
  if (uid === undefined || gid === undefined) return;
  for (const entry of ['', ...(await readdir(directory, { recursive: true }))])
    await chown(join(directory, entry), uid, gid);
}

/** Copies the files of a running server. @returns the label that the copy needs */
async function backUp({ url, dataDirectory }: Primary, copy: string): Promise<string> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SELECT pg_backup_start('standby', true)`);
    const filter = (source: string) => !LEFT_OUT.test(relative(dataDirectory, source));
    await cp(dataDirectory, copy, { recursive: true, filter });
    // The standby gets the WAL from the primary.
    const { rows } = await client.query<{ label: string }>(
      'SELECT labelfile AS label FROM pg_backup_stop(false)',
    );
    return rows[0]?.label ?? '';
  } finally {
    await client.end();
  }
}
