import { Client, escapeIdentifier } from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { errorCode } from '../common/error-code.js';
import { isConnectionFailure } from './connection-failure.js';
import { prefersTls } from './connection-url.js';
import { type DatabaseFacts, EXTENSION, readFacts } from './database-facts.js';
import { connectionRefusal, extensionRefusal, refusalOf, rightsRefusal } from './database-refusal.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { preferTls } from './prefer-tls.js';
import { UnusableDatabaseError } from './unusable-database-error.js';

/** As long as a new connection of a pool may take. */
const CONNECTION_TIMEOUT_MS = 3_000;

const INSUFFICIENT_PRIVILEGE = '42501';

/** A transaction that the defaults of the database do not disturb. */
const BEGIN =
  'BEGIN ISOLATION LEVEL READ COMMITTED, NOT DEFERRABLE; SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0; ' +
  'SET LOCAL idle_in_transaction_session_timeout = 0';

/** An address of a database, and the variable that names it. */
export interface DatabaseAddress {
  readonly name: string;
  readonly url: string;
}

/** What the service found out about a database. */
interface Examination {
  /** The host and port, or the socket, of the server. */
  readonly host: string;
  readonly facts: DatabaseFacts;
  /** Whether migrations have to run at this address. */
  readonly pending: boolean;
}

/** The names of the service's tables. */
export function tableNames(): string[] {
  const targets: ReadonlySet<unknown> = new Set(entities);
  return getMetadataArgsStorage().tables.flatMap(({ target, name }) =>
    targets.has(target) && name ? [name] : [],
  );
}

/**
 * Makes sure that a database can hold the service's tables, and creates the schema and the extension in it if they are missing.
 * @param migrates whether migrations run at this address
 * @throws {UnusableDatabaseError}
 */
export async function examineDatabase(
  { name, url }: DatabaseAddress,
  schema: string,
  migrates: boolean,
): Promise<Examination> {
  // A connection without the service's settings, some of which an old server does not have.
  const client = new Client({
    connectionString: url,
    application_name: 'calendar-backend',
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
  });
  if (prefersTls(url)) preferTls(client);
  client.on('error', () => undefined);
  try {
    await connect(client, name);
    await client.query(BEGIN);
    const facts = await factsOf(client, schema);
    await client.query('COMMIT');
    const pending = migrates && migrations.some((migration) => !facts.migrated.includes(migration.name));
    const refusal = refusalOf(facts, pending);
    if (refusal !== null) throw new UnusableDatabaseError(refusal);
    if (pending) await prepare(client, facts);
    return { host: hostOf(client), facts, pending };
  } finally {
    await client.end().catch(() => undefined);
  }
}

function hostOf({ host, port }: Client): string {
  if (host.startsWith('/')) return host;
  return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}

async function connect(client: Client, name: string): Promise<void> {
  try {
    await client.connect();
  } catch (error) {
    if (isConnectionFailure(error)) throw error;
    throw new UnusableDatabaseError(connectionRefusal(name, error));
  }
}

async function factsOf(client: Client, schema: string): Promise<DatabaseFacts> {
  try {
    return await readFacts(client, schema, tableNames(), migrations[0].name);
  } catch (error) {
    if (errorCode(error) !== INSUFFICIENT_PRIVILEGE) throw error;
    throw new UnusableDatabaseError(rightsRefusal(schema, ['migrations']));
  }
}

/** Several instances may start at once: what another one has created meanwhile is no error. */
async function prepare(client: Client, facts: DatabaseFacts): Promise<void> {
  if (!facts.schemaExists) {
    await create(client, `CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(facts.schema)}`);
  }
  if (facts.extensionInstalled) return;
  const schema = facts.mayCreateInPublic ? 'public' : facts.schema;
  try {
    await create(client, `CREATE EXTENSION IF NOT EXISTS ${EXTENSION} SCHEMA ${escapeIdentifier(schema)}`);
  } catch (error) {
    throw new UnusableDatabaseError(extensionRefusal(facts, error));
  }
}

const ALREADY_CREATED = new Set<string | null>(['23505', '42710', '42P06']);

async function create(client: Client, statement: string): Promise<void> {
  try {
    await client.query(`${BEGIN}; SET TRANSACTION READ WRITE; ${statement}; COMMIT`);
  } catch (error) {
    await client.query('ROLLBACK');
    if (!ALREADY_CREATED.has(errorCode(error))) throw error;
  }
}
