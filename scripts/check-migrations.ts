/** Fails if the migrations do not create the schema of the entities, or if they cannot be reverted and run again. */
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/data-source-options.js';
import { runMigrations } from '../src/database/run-migrations.js';

const server = await startThrowAwayPostgres();
try {
  const dataSource = await new DataSource(dataSourceOptions(server.url)).initialize();
  const faults = await check(dataSource);
  await dataSource.destroy();
  if (faults.length === 0)
    process.stdout.write(`${dataSource.migrations.length} migrations create the schema of the entities.\n`);
  else {
    process.stderr.write(`${faults.join('\n')}\n`);
    process.exitCode = 1;
  }
} finally {
  await server.stop();
}

async function check(dataSource: DataSource): Promise<string[]> {
  await runMigrations(dataSource);
  const drift = await missingFromSchema(dataSource);
  for (const _ of dataSource.migrations) await dataSource.undoLastMigration({ transaction: 'each' });
  const remains = await relationsAndTypes(dataSource);
  const faults = [
    ...drift.map((statement) => `The entities need a statement that no migration has: ${statement}`),
    ...remains.map((name) => `Left behind by the reverted migrations: ${name}`),
  ];
  if (remains.length > 0) return faults;
  await runMigrations(dataSource);
  const missing = await missingFromSchema(dataSource);
  return [...faults, ...missing.map((statement) => `Missing after a second run: ${statement}`)];
}

async function missingFromSchema(dataSource: DataSource): Promise<string[]> {
  const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
  return upQueries.map(({ query }) => query);
}

/** The objects that the migrations create in the schema, except the table of migrations and objects of extensions. */
async function relationsAndTypes(dataSource: DataSource): Promise<string[]> {
  const rows = await dataSource.query<{ name: string }[]>(`
    SELECT relname AS name FROM pg_class
    WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S') AND relname !~ '^migrations'
    UNION ALL
    SELECT typname FROM pg_type t
    WHERE typnamespace = 'public'::regnamespace AND typtype IN ('e', 'd')
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')`);
  return rows.map(({ name }) => name);
}
