import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { bindablePort } from '../../src/platform/system/bindable-port.js';

/** PgBouncer, like PostgreSQL, refuses to run as root. */
const ACCOUNT = 'postgres';

const START_TIMEOUT_MS = 30_000;

/** PgBouncer's default is 15 s: for so long after a failure, it would not connect to a server that is back. */
const LOGIN_RETRY_SECONDS = 1;

/** Debian's PgBouncer in front of a server. */
export interface PgBouncer {
  readonly pid: number;
  /** The address of a database through PgBouncer. */
  urlOf(databaseUrl: string): string;
  /** Ends the process at once, and with it all connections. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param connections the number of connections to the server for each database */
export async function startPgBouncer(
  serverUrl: string,
  mode: 'session' | 'transaction',
  connections: number,
): Promise<PgBouncer> {
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
      `auth_type = any\npool_mode = ${mode}\nmax_client_conn = 1000\ndefault_pool_size = ${connections}`,
      `server_login_retry = ${LOGIN_RETRY_SECONDS}`,
      `logfile = ${join(directory, 'log')}`,
    ].join('\n'),
  );
  await chmod(directory, 0o777);
  const urlOf = (databaseUrl: string): string => {
    const url = new URL(databaseUrl);
    url.port = String(port);
    return url.href;
  };
  let child: ChildProcess;
  const start = async (): Promise<void> => {
    child = spawn('pgbouncer', ['-u', ACCOUNT, '-q', configuration], { stdio: 'inherit' });
    await once(child, 'spawn');
    const deadline = Date.now() + START_TIMEOUT_MS;
    while (!(await answers(urlOf(serverUrl)))) {
      if (Date.now() > deadline) throw new Error(`PgBouncer did not start: see ${directory}/log.`);
      await sleep(50);
    }
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  };
  await start();
  return {
    get pid() {
      return child.pid ?? 0;
    },
    urlOf,
    start,
    kill: async () => end('SIGKILL'),
    stop: async () => {
      await end('SIGQUIT');
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
