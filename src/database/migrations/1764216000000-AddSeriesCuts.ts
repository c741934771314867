import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where a change of an occurrence and all later ones has cut a series. */
export class AddSeriesCuts1764216000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE events ADD COLUMN ends_before text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE events DROP COLUMN ends_before`);
  }
}
