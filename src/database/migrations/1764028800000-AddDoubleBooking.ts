import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether a user's time may be taken twice: a room's may not. */
export class AddDoubleBooking1764028800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN double_booking text NOT NULL DEFAULT 'allow',
        ADD CONSTRAINT users_double_booking CHECK (double_booking IN ('allow', 'reject'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users DROP COLUMN double_booking`);
  }
}
