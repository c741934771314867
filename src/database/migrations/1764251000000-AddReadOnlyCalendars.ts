import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Marks the calendars whose events only a subscription changes. The constant default writes no row. The migration holds the
 * lock of this table alone, so that it never waits for a request that waits for it.
 */
export class AddReadOnlyCalendars1764251000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE calendars ADD COLUMN read_only boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE calendars DROP COLUMN read_only');
  }
}
