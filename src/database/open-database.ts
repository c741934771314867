import { DataSource } from 'typeorm';
import type { DatabaseConfiguration } from '../common/database-configuration.js';
import { dataSourceOptions } from './data-source-options.js';
import { type DatabaseFacts, lacksOf } from './database-facts.js';
import { migrationRefusal, rightsRefusal } from './database-refusal.js';
import { type DatabaseAddress, examineDatabase, tableNames } from './examine-database.js';
import { poolOf } from './pool.js';
import type { PoolOptions } from './pool-options.js';
import { runMigrations } from './run-migrations.js';
import { expectSameDatabase } from './same-database.js';
import { closeSilentConnections } from './silent-connections.js';
import { UnusableDatabaseError } from './unusable-database-error.js';

/**
 * Connects to the database and brings its schema up to date.
 * @throws {UnusableDatabaseError} if the database cannot serve
 */
export async function openDatabase(configuration: DatabaseConfiguration): Promise<DataSource> {
  const { databaseUrl, databaseDirectUrl, databaseSchema: schema, databasePooler: pooler } = configuration;
  if (databaseUrl === null) throw new Error('The address of the database is not known.');
  const address: DatabaseAddress = { name: 'DATABASE_URL', url: databaseUrl };
  if (databaseDirectUrl !== null) {
    const direct: DatabaseAddress = { name: 'DATABASE_DIRECT_URL', url: databaseDirectUrl };
    await expectSameDatabase([address, pooler], direct, schema);
    await migrateDirectly(direct, schema);
  }
  const { facts, takesOptions } = await examineDatabase(address, schema, databaseDirectUrl === null, pooler);
  const options = {
    schema,
    pooler,
    poolSize: configuration.databasePoolSize,
    overridesReadOnly: facts.readOnlyByDefault,
    sendsOptions: takesOptions,
  };
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl, options)).initialize();
  try {
    if (databaseDirectUrl === null) await migrate(dataSource, schema);
    await expectRights(dataSource, facts);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  // Only now, since a migration may be silent for longer.
  closeSilentConnections(poolOf(dataSource));
  return dataSource;
}

/** Migrates past the pooler, as a user who may have other rights. */
async function migrateDirectly(address: DatabaseAddress, schema: string): Promise<void> {
  const { facts, takesOptions } = await examineDatabase(address, schema, true, 'none');
  const options: Partial<PoolOptions> = {
    schema,
    poolSize: 1,
    overridesReadOnly: facts.readOnlyByDefault,
    sendsOptions: takesOptions,
  };
  const dataSource = await new DataSource(dataSourceOptions(address.url, options)).initialize();
  try {
    await migrate(dataSource, schema);
  } finally {
    await dataSource.destroy();
  }
}

async function migrate(dataSource: DataSource, schema: string): Promise<void> {
  try {
    await runMigrations(dataSource);
  } catch (error) {
    const refusal = migrationRefusal(schema, error);
    throw refusal === null ? error : new UnusableDatabaseError(refusal);
  }
}

async function expectRights(dataSource: DataSource, facts: DatabaseFacts): Promise<void> {
  const ask = async <Row>(text: string, values: unknown[]): Promise<Row[]> =>
    dataSource.query<Row[]>(text, values);
  const refusal = rightsRefusal(facts, await lacksOf(ask, facts.schema, tableNames()));
  if (refusal !== null) throw new UnusableDatabaseError(refusal);
}
