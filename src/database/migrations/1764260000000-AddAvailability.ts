import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The dates on which users and rooms have other hours, and the times in which they are away. A constant default is kept
 * in the catalog, so PostgreSQL rewrites no row. An instance of the version before reads and writes neither column.
 */
export class AddAvailability1764260000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN availability_overrides jsonb NOT NULL DEFAULT '[]',
        ADD COLUMN away jsonb NOT NULL DEFAULT '[]'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE users DROP COLUMN availability_overrides, DROP COLUMN away');
  }
}
