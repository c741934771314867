import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  INDEXES,
  INDEXES_OF_VERSION_BEFORE,
  INDEXES_OF_WORKERS,
  KEYS,
  nameUntilUsed,
} from './tenant-keys.js';

interface NewIndex {
  readonly name: string;
  readonly kind: string;
  readonly columns: string;
}

const NEW_INDEXES: readonly NewIndex[] = [
  ...KEYS.map(({ table, name, columns }) => ({
    name: nameUntilUsed(name),
    kind: 'UNIQUE INDEX',
    columns: `${table} (tenant_id, ${columns})`,
  })),
  ...INDEXES.map(({ name, kind, after }) => ({ name: nameUntilUsed(name), kind, columns: after })),
  ...Object.entries(INDEXES_OF_WORKERS).map(([name, columns]) => ({ name, kind: 'INDEX', columns })),
  ...Object.entries(INDEXES_OF_VERSION_BEFORE).map(([name, columns]) => ({
    name,
    kind: 'UNIQUE INDEX',
    columns,
  })),
];

/** Builds the indexes that begin with the tenant, while requests read and write the tables. */
export class AddTenantIndexes1764211001000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    const concurrently = runner.isTransactionActive ? '' : 'CONCURRENTLY';
    for (const { name, kind, columns } of NEW_INDEXES) {
      // An instance that was killed leaves an index that is not valid.
      const broken: unknown[] = await runner.query(
        `SELECT FROM pg_index WHERE indexrelid = to_regclass('${name}') AND NOT indisvalid`,
      );
      if (broken.length > 0) await runner.query(`DROP INDEX ${concurrently} ${name}`);
      await runner.query(`CREATE ${kind} ${concurrently} IF NOT EXISTS ${name} ON ${columns}`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of NEW_INDEXES) await runner.query(`DROP INDEX IF EXISTS ${name}`);
  }
}
