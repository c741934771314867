import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The end of an event may be in another zone than its start. */
export class AddEndTimeZones1764221002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events ADD COLUMN end_time_zone text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE events DROP COLUMN end_time_zone');
  }
}
