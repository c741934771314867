import type { MigrationInterface, QueryRunner } from 'typeorm';

/** All-day events may take the days of each attendee. Those that exist stay pinned to their zone. */
export class AddFloatingDays1764221003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events ADD COLUMN floating boolean NOT NULL DEFAULT false');
  }

  /** An event that does not repeat stays a series of one occurrence, which the version before reads. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events DROP COLUMN floating');
  }
}
