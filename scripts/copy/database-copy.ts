import { pipeline } from 'node:stream/promises';
import { type Client, escapeIdentifier } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source-options.js';
import { plainClient } from '../../src/database/connection/plain-client.js';
import { DEFAULT_POOL_OPTIONS } from '../../src/database/connection/pool-options.js';
import { DEFAULT_TENANT_ID } from '../../src/database/current-tenant.js';
import { openDatabase } from '../../src/database/open-database.js';
import { NO_TIMEOUTS, settingsStatement } from '../../src/database/session/session-settings.js';
import { DEFAULT_SCHEMA } from '../../src/platform/configuration/sections/database-configuration.js';
import { CopyRefused } from './copy-refused.js';
import { copiedColumnsOf, hasTables, sequencesOf, tablesInOrder } from './schema-facts.js';

const TENANTS = 'tenants';

/** The number of copied rows of a table. */
export interface CopiedTable {
  readonly table: string;
  readonly rows: number;
}

/**
 * Copies all rows and sequences of one database to another one without rows. Both databases first get the newest tables.
 * The copy is one transaction, so it is complete or absent.
 * @param schema the schema of the tables in the target, and in the source unless its tables are in the default schema
 * @throws {CopyRefused} if the source has no tables, the target has rows, or a copied table has another number of rows
 * @throws {UnusableDatabaseError} if the target cannot serve
 */
export async function copyDatabase(from: string, to: string, schema: string): Promise<CopiedTable[]> {
  const sourceSchema = await schemaOf(from, schema);
  await migrate(from, sourceSchema);
  await migrate(to, schema);
  const source = await connect(from, sourceSchema);
  const target = await connect(to, schema);
  try {
    await source.query(`BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY; ${NO_TIMEOUTS}`);
    await target.query(`BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE; ${NO_TIMEOUTS}`);
    const tables = await tablesInOrder(target, schema);
    await expectEmpty(target, tables);
    const copied: CopiedTable[] = [];
    for (const table of tables) copied.push({ table, rows: await copyTable(source, target, table) });
    await copySequences(source, target, schema);
    await target.query('COMMIT');
    return copied;
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

/** The schema that has the service's tables. Creates nothing. */
async function schemaOf(url: string, wanted: string): Promise<string> {
  const client = await connect(url, wanted);
  try {
    for (const schema of [wanted, DEFAULT_SCHEMA]) if (await hasTables(client, schema)) return schema;
  } finally {
    await client.end();
  }
  throw new CopyRefused(
    `The embedded PostgreSQL has no tables of the service: set DATABASE_SCHEMA or DATA_DIR.`,
  );
}

async function migrate(url: string, schema: string): Promise<void> {
  const dataSource = new DataSource(dataSourceOptions(url));
  await openDatabase(dataSource, url, {
    databaseUrl: url,
    databaseReplicaUrl: null,
    databaseDirectUrl: null,
    databasePooler: 'none',
    databaseSchema: schema,
    databasePoolSize: DEFAULT_POOL_OPTIONS.poolSize,
  });
  await dataSource.destroy();
}

async function connect(url: string, schema: string): Promise<Client> {
  const client = plainClient(url, null);
  await client.connect();
  await client.query(settingsStatement(schema, false, false));
  return client;
}

/**
 * Blocks other writers until the transaction ends. The default tenant, which the migrations make, gives way to the
 * source's.
 */
async function expectEmpty(target: Client, tables: readonly string[]): Promise<void> {
  await target.query(`LOCK TABLE ${tables.map(escapeIdentifier).join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
  // A service that has opened the database without writing to it has left its epoch and marks alone, and migrations the one cursor
  // and the id of the installation.
  await target.query('DELETE FROM change_epochs');
  await target.query('DELETE FROM change_marks');
  await target.query('DELETE FROM webhook_fan_out');
  await target.query('DELETE FROM installation_ids');
  const filled: string[] = [];
  for (const table of tables) if (table !== TENANTS && (await countOf(target, table)) > 0) filled.push(table);
  if (filled.length === 0) {
    await target.query(`DELETE FROM ${TENANTS} WHERE id = ${DEFAULT_TENANT_ID}`);
    if ((await countOf(target, TENANTS)) > 0) filled.push(TENANTS);
  }
  if (filled.length > 0)
    throw new CopyRefused(`The database is not empty: ${filled.join(', ')}. Name a database without data.`);
}

async function copyTable(source: Client, target: Client, table: string): Promise<number> {
  const name = escapeIdentifier(table);
  const columns = (await copiedColumnsOf(target, table)).map(escapeIdentifier).join(', ');
  // The triggers of the source have already changed the rows.
  await target.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
  await pipeline(
    source.query(copyTo(`COPY ${name} (${columns}) TO STDOUT`)),
    target.query(copyFrom(`COPY ${name} (${columns}) FROM STDIN`)),
  );
  await target.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
  const [expected, rows] = [await countOf(source, table), await countOf(target, table)];
  if (rows !== expected)
    throw new CopyRefused(`${rows} of ${expected} rows of ${table} arrived: nothing is copied.`);
  return rows;
}

async function countOf(client: Client, table: string): Promise<number> {
  const { rows } = await client.query<{ count: string }>(`SELECT count(*) FROM ${escapeIdentifier(table)}`);
  return Number(rows[0]?.count);
}

async function copySequences(source: Client, target: Client, schema: string): Promise<void> {
  for (const sequence of await sequencesOf(target, schema)) {
    const name = escapeIdentifier(sequence);
    const { rows } = await source.query(`SELECT last_value, is_called FROM ${name}`);
    await target.query('SELECT setval($1::regclass, $2, $3)', [name, rows[0].last_value, rows[0].is_called]);
  }
}
