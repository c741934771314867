import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Merges the columns that several changes set in one row. Of a column that several of them set, the last value counts. */
export class AddMergedColumns1764233000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE AGGREGATE merged_columns(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP AGGREGATE merged_columns(jsonb)');
  }
}
