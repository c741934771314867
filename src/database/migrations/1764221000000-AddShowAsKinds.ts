import type { MigrationInterface, QueryRunner } from 'typeorm';
import { replaceCheck } from './replaced-check.js';

const TABLES = ['events', 'occurrence_overrides'] as const;

/** An event may be shown as tentative and as out of office, too. */
export class AddShowAsKinds1764221000000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await replaceCheck(
        runner,
        table,
        `${table}_show_as`,
        `show_as IN ('busy', 'free', 'tentative', 'out_of_office')`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(
        `UPDATE ${table} SET show_as = 'busy' WHERE show_as IN ('tentative', 'out_of_office')`,
      );
      await replaceCheck(runner, table, `${table}_show_as`, `show_as IN ('busy', 'free')`);
    }
  }
}
