import { type Client, escapeIdentifier } from 'pg';
import type { Pooler } from '../../platform/configuration/sections/database-configuration.js';
import { errorCode } from '../../platform/error-code.js';
import { isConnectionFailure } from '../connection/connection-failure.js';
import { plainClient } from '../connection/plain-client.js';
import { migrations } from '../migrations/index.js';
import { refusesOptions } from '../session/session.js';
import { NO_TIMEOUTS, settingExpression, startupOptions } from '../session/session-settings.js';
import { type DatabaseFacts, readFacts } from './database-facts.js';
import { connectionRefusal, extensionRefusal, otherDatabaseRefusal, refusalOf } from './database-refusal.js';
import { UnusableDatabaseError } from './unusable-database-error.js';

/**
 * Begins a transaction that the defaults of the database do not disturb: without time-outs, and without a schema
 * whose functions have the names of PostgreSQL's.
 */
const SETTINGS =
  `${NO_TIMEOUTS}; SET LOCAL search_path TO pg_catalog, pg_temp; ` +
  `SELECT ${settingExpression('transaction_timeout', '0', true)}`;

const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE; ${SETTINGS}`;
const BEGIN_READ_WRITE = `BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE, NOT DEFERRABLE; ${SETTINGS}`;

/** An address of a database, and the variable that names it. */
export interface DatabaseAddress {
  readonly name: string;
  readonly url: string;
}

/** The requirements of the service for a database. */
interface Expectation {
  readonly schema: string;
  /** The names of the service's tables. */
  readonly tables: readonly string[];
  /** The pooler before the server. */
  readonly pooler: Pooler;
  /** Whether migrations run at this address. Otherwise they have run at DATABASE_DIRECT_URL. */
  readonly migrates: boolean;
}

/** The result of an examination. */
interface Examination {
  /** The host and port, or the socket, of the server. */
  readonly host: string;
  readonly facts: DatabaseFacts;
  /** Whether migrations have to run at this address. */
  readonly pending: boolean;
  /** Whether the start-up packet may have `options`. */
  readonly takesOptions: boolean;
}

/**
 * Makes sure that a database can hold the service's tables, and creates the schema and the extensions in it if they are missing.
 * @throws {UnusableDatabaseError}
 */
export async function examineDatabase(
  address: DatabaseAddress,
  { schema, tables, pooler, migrates }: Expectation,
): Promise<Examination> {
  return withConnection(address, schema, pooler, async (client, takesOptions) => {
    const facts = await readFacts(client, schema, tables, migrations[0].name);
    await client.query('COMMIT');
    const missing = migrations.some((migration) => !facts.migrated.includes(migration.name));
    const pending = migrates && missing;
    const known = !facts.schemaExists || (facts.mayUseSchema && facts.mayReadMigrations);
    const refusal =
      missing && !migrates && known
        ? otherDatabaseRefusal(facts)
        : refusalOf(facts, { variable: address.name, migrates, pending });
    if (refusal !== null) throw new UnusableDatabaseError(refusal);
    if (pending) await prepare(client, facts);
    return { host: hostOf(client), facts, pending, takesOptions };
  });
}

/**
 * Runs `work` on a connection of its own, in a transaction that no default of the database disturbs.
 * @throws {UnusableDatabaseError} if the server refuses the connection
 */
export async function withConnection<T>(
  address: DatabaseAddress,
  schema: string,
  pooler: Pooler,
  work: (client: Client, takesOptions: boolean) => Promise<T>,
): Promise<T> {
  const { client, takesOptions } = await connectWithOptions(address, schema, pooler);
  try {
    await client.query(BEGIN);
    return await work(client, takesOptions);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Connects with settings in the start-up packet or, if the server or a pooler refuses that, without. */
async function connectWithOptions(
  address: DatabaseAddress,
  schema: string,
  pooler: Pooler,
): Promise<{ client: Client; takesOptions: boolean }> {
  if (pooler === 'none') {
    try {
      return { client: await connect(address, startupOptions(schema)), takesOptions: true };
    } catch (error) {
      if (!refusesOptions(error)) throw error;
    }
  }
  return { client: await connect(address, null), takesOptions: false };
}

/** A connection without the service's other settings, some of which an old server does not have. */
async function connect({ name, url }: DatabaseAddress, options: string | null): Promise<Client> {
  const client = plainClient(url, options);
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => undefined);
    if (isConnectionFailure(error) || (options !== null && refusesOptions(error))) throw error;
    throw new UnusableDatabaseError(connectionRefusal(name, error, Boolean(client.password)));
  }
}

function hostOf({ host, port }: Client): string {
  if (host.startsWith('/')) return host;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/**
 * Creates the schema and the extensions. Several instances may start at once, so an object that another instance has
 * just created is no error.
 */
async function prepare(client: Client, facts: DatabaseFacts): Promise<void> {
  if (!facts.schemaExists)
    await createUnlessPresent(client, `CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(facts.schema)}`);
  const schema = facts.mayCreateInPublic ? 'public' : facts.schema;
  for (const extension of facts.missingExtensions) {
    try {
      await createUnlessPresent(
        client,
        `CREATE EXTENSION IF NOT EXISTS ${extension} SCHEMA ${escapeIdentifier(schema)}`,
      );
    } catch (error) {
      if (isConnectionFailure(error)) throw error;
      throw new UnusableDatabaseError(extensionRefusal(facts, extension, error));
    }
  }
}

const ALREADY_CREATED = new Set<string | null>(['23505', '42710', '42P06']);

async function createUnlessPresent(client: Client, statement: string): Promise<void> {
  try {
    await client.query(`${BEGIN_READ_WRITE}; ${statement}; COMMIT`);
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    if (!ALREADY_CREATED.has(errorCode(error))) throw error;
  }
}
