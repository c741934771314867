import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOREIGN_KEYS, INDEXES, INDEXES_OF_VERSION_BEFORE, KEYS, nameUntilUsed } from './tenant-keys.js';

/** Makes keys of the indexes that begin with the tenant. Reads no row, so that requests wait for a moment only. */
export class UseTenantKeys1764211002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, name, before } of FOREIGN_KEYS.toReversed())
      if (before !== null) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { table, name, kind } of KEYS)
      await runner.query(
        `ALTER TABLE ${table} DROP CONSTRAINT ${name},
           ADD CONSTRAINT ${name} ${kind} USING INDEX ${nameUntilUsed(name)}`,
      );
    for (const { name } of INDEXES) {
      await runner.query(`DROP INDEX ${name}`);
      await runner.query(`ALTER INDEX ${nameUntilUsed(name)} RENAME TO ${name}`);
    }
    for (const { table, name, after } of FOREIGN_KEYS)
      await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${after} NOT VALID`);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The foreign keys must not depend on these.
    for (const name of Object.keys(INDEXES_OF_VERSION_BEFORE))
      await runner.query(`DROP INDEX IF EXISTS ${name}`);
    for (const { table, name } of FOREIGN_KEYS.toReversed())
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { name, kind, before } of INDEXES) {
      await runner.query(`DROP INDEX ${name}`);
      await runner.query(`CREATE ${kind} ${name} ON ${before}`);
    }
    for (const { table, name, kind, columns } of KEYS)
      await runner.query(
        `ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${kind} (${columns})`,
      );
    for (const { table, name, before } of FOREIGN_KEYS)
      if (before !== null) await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${before}`);
  }
}
