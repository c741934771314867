import { DataSource } from 'typeorm';
import type { DatabaseConfiguration } from '../platform/configuration/sections/database-configuration.js';
import { keepCallersContext } from './callers-context.js';
import type { PoolOptions } from './connection/pool-options.js';
import { closeSilentConnections } from './connection/silent-connections.js';
import { type DatabaseFacts, unusableRelationsOf } from './examination/database-facts.js';
import { migrationRefusal, rightsRefusal } from './examination/database-refusal.js';
import { type DatabaseAddress, examineDatabase } from './examination/examine-database.js';
import { expectSameDatabase } from './examination/same-database.js';
import { UnusableDatabaseError } from './examination/unusable-database-error.js';
import { postgresOptions } from './postgres-options.js';
import { runMigrations } from './run-migrations.js';
import { poolOf } from './session/session-pool.js';
import { tableNamesOf } from './table-names.js';

/** One connection holds the lock of migrations while the other one builds indexes. */
const MIGRATION_POOL_SIZE = 2;

/** The database that the service uses. */
export interface OpenDatabase {
  /** The address of the server, or of the pooler, without a user or a password. */
  readonly host: string;
  readonly name: string;
  /** The version of the server, such as 18.4. */
  readonly version: string;
}

/**
 * Brings the schema of the database up to date, and connects the DataSource to it.
 * @param url the address of the database
 * @throws {UnusableDatabaseError} if the database cannot serve
 */
export async function openDatabase(
  dataSource: DataSource,
  url: string,
  configuration: DatabaseConfiguration,
): Promise<OpenDatabase> {
  const { databaseDirectUrl: directUrl, databaseSchema: schema, databasePooler: pooler } = configuration;
  const tables = tableNamesOf(dataSource);
  const address: DatabaseAddress = { name: 'DATABASE_URL', url };
  if (directUrl !== null) {
    const direct: DatabaseAddress = { name: 'DATABASE_DIRECT_URL', url: directUrl };
    await expectSameDatabase([address, pooler], direct, schema);
    await migrateDirectly(direct, schema, tables);
  }
  const { host, facts, pending, takesOptions } = await examineDatabase(address, {
    schema,
    tables,
    pooler,
    migrates: directUrl === null,
  });
  const options = {
    schema,
    pooler,
    poolSize: configuration.databasePoolSize,
    overridesReadOnly: facts.readOnlyByDefault,
    sendsOptions: takesOptions,
  };
  if (pending) await migrate(url, { ...options, poolSize: MIGRATION_POOL_SIZE });
  await dataSource.setOptions(postgresOptions(url, options)).initialize();
  keepCallersContext(poolOf(dataSource));
  await expectRights(dataSource, facts);
  closeSilentConnections(poolOf(dataSource));
  return { host, name: facts.database, version: facts.versionName };
}

/** Migrates past the pooler, as a user who may have other rights. */
async function migrateDirectly(
  address: DatabaseAddress,
  schema: string,
  tables: readonly string[],
): Promise<void> {
  const { facts, pending, takesOptions } = await examineDatabase(address, {
    schema,
    tables,
    pooler: 'none',
    migrates: true,
  });
  const overridesReadOnly = facts.readOnlyByDefault;
  if (pending)
    await migrate(address.url, {
      schema,
      poolSize: MIGRATION_POOL_SIZE,
      overridesReadOnly,
      sendsOptions: takesOptions,
    });
}

/** Migrates on a connection of its own, which may be silent for longer than those of requests. */
async function migrate(url: string, options: Partial<PoolOptions> & { schema: string }): Promise<void> {
  const dataSource = await new DataSource(postgresOptions(url, options)).initialize();
  try {
    await runMigrations(dataSource);
  } catch (error) {
    const refusal = migrationRefusal(options.schema, error);
    throw refusal === null ? error : new UnusableDatabaseError(refusal);
  } finally {
    await dataSource.destroy();
  }
}

async function expectRights(dataSource: DataSource, facts: DatabaseFacts): Promise<void> {
  const ask = async <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    dataSource.query<Row[]>(text, values);
  const refusal = rightsRefusal(
    facts,
    await unusableRelationsOf(ask, facts.schema, tableNamesOf(dataSource)),
  );
  if (refusal !== null) throw new UnusableDatabaseError(refusal);
}
