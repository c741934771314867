import type { MigrationInterface, QueryRunner } from 'typeorm';
import { FOREIGN_KEYS } from './tenant-keys.js';

/** Checks the rows that exist against the foreign keys, while requests read and write the tables. */
export class ValidateTenantKeys1764211003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const { table, name } of FOREIGN_KEYS)
      await runner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
  }

  async down(): Promise<void> {}
}
