import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which civil times of an event name the second pass of an hour that the clocks repeat. */
export class AddSecondPasses1764201000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE events ADD COLUMN second_passes jsonb`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE events DROP COLUMN second_passes`);
  }
}
