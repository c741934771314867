import { Client } from 'pg';
import { SERVER_ROLE } from '../cluster/cluster.js';
import { errorCode } from '../error-code.js';

/** Any number. Advisory locks belong to a database; this lock is in `postgres`, apart from those of the service. */
const LEASE_LOCK = 7_215_001;

/**
 * The claim of one process on the server, held as a shared advisory lock: when the process ends in any way,
 * PostgreSQL frees the lock.
 */
export interface Lease {
  /** Resolves when the connection is lost without `release`. */
  readonly lost: Promise<void>;
  release(): Promise<void>;
}

/** Takes a lease, and creates the database if it does not exist. */
export async function takeLease(port: number, password: string): Promise<Lease> {
  const client = await connect(port, password);
  let released = false;
  const lost = new Promise<void>((resolve) => {
    client.on('error', () => undefined).once('end', () => (released ? undefined : resolve()));
  });
  try {
    await client.query('SELECT pg_advisory_lock_shared($1)', [LEASE_LOCK]);
    await ensureDatabase(client);
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  return {
    lost,
    release: async () => {
      released = true;
      await client.query('SELECT pg_advisory_unlock_shared($1)', [LEASE_LOCK]).catch(() => undefined);
      await client.end().catch(() => undefined);
    },
  };
}

/**
 * Runs `stop` if no process has a lease. Meanwhile, no process gets a lease: a process that asks for one waits, loses
 * its connection with the stop, and starts a server of its own.
 */
export async function stopIfUnleased(port: number, password: string, stop: () => void): Promise<boolean> {
  const client = await connect(port, password);
  client.on('error', () => undefined);
  try {
    const { rows } = await client.query<{ granted: boolean }>('SELECT pg_try_advisory_lock($1) AS granted', [
      LEASE_LOCK,
    ]);
    if (!rows[0]?.granted) return false;
    stop();
    return true;
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(port: number, password: string): Promise<Client> {
  const client = new Client({
    host: '127.0.0.1',
    port,
    user: SERVER_ROLE,
    password,
    database: 'postgres',
    ssl: false,
    application_name: 'calendar-backend lease',
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  await client.connect();
  return client;
}

async function ensureDatabase(client: Client): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [SERVER_ROLE]);
  if (rowCount === 0) {
    await client.query(`CREATE DATABASE ${SERVER_ROLE}`).catch((error: unknown) => {
      // Another process that starts on the same data has created it meanwhile.
      if (!['42P04', '23505'].includes(errorCode(error) ?? '')) throw error;
    });
  }
}
