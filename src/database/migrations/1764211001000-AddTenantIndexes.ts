import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex, type ConcurrentIndex } from './concurrent-index.js';
import {
  INDEXES,
  INDEXES_OF_VERSION_BEFORE,
  INDEXES_OF_WORKERS,
  KEYS,
  nameUntilUsed,
} from './tenant-keys.js';

const NEW_INDEXES: readonly ConcurrentIndex[] = [
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
    for (const index of NEW_INDEXES) await buildIndex(runner, index);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const { name } of NEW_INDEXES) await runner.query(`DROP INDEX IF EXISTS ${name}`);
  }
}
