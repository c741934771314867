import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['events', 'occurrence_overrides'] as const;

/**
 * Events and occurrences may have no length. The column beside `duration` keeps an instance of the version before serving:
 * it refuses to expand a series whose `duration` is zero.
 */
export class AddZeroLengths1764221001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN zero_length boolean NOT NULL DEFAULT false`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`ALTER TABLE ${table} DROP COLUMN zero_length`);
  }
}
