import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { bindablePort } from '../../src/common/bindable-port.js';
import { eventually } from './data-directory.js';

/** Refuses to run as root, as PostgreSQL does. */
const ACCOUNT = 'postgres';

/** PgBouncer as Debian configures it, in front of a server. */
export interface PgBouncer {
  /** The address of a database, by way of PgBouncer. */
  urlOf(databaseUrl: string): string;
  stop(): Promise<void>;
}

export async function startPgBouncer(serverUrl: string, mode: 'session' | 'transaction'): Promise<PgBouncer> {
  const server = new URL(serverUrl);
  const directory = await mkdtemp(join(tmpdir(), 'calendar-pgbouncer-'));
  const port = await bindablePort(0, '127.0.0.1');
  const configuration = join(directory, 'pgbouncer.ini');
  await writeFile(
    configuration,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port} user=${server.username} password=${server.password}`,
      '[pgbouncer]',
      `listen_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =`,
      `auth_type = any\npool_mode = ${mode}\nmax_client_conn = 1000`,
      // Fewer than the service opens, so that transactions move between sessions.
      `default_pool_size = ${mode === 'transaction' ? 6 : 60}`,
      `logfile = ${join(directory, 'log')}`,
    ].join('\n'),
  );
  await chmod(directory, 0o777);
  const child: ChildProcess = spawn('pgbouncer', ['-u', ACCOUNT, '-q', configuration], { stdio: 'inherit' });
  const urlOf = (databaseUrl: string): string => {
    const url = new URL(databaseUrl);
    url.port = String(port);
    return url.href;
  };
  await eventually(async () => answers(urlOf(serverUrl)));
  return {
    urlOf,
    stop: async () => {
      child.kill('SIGQUIT');
      await once(child, 'exit');
      await rm(directory, { recursive: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('SELECT 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
