import type { QueryRunner } from 'typeorm';

/**
 * Replaces a check of a table. Requests wait only for the replacement, not while PostgreSQL checks the rows. May be
 * repeated after an end half-way.
 */
export async function replaceCheck(
  runner: QueryRunner,
  table: string,
  name: string,
  condition: string,
): Promise<void> {
  await runner.query(
    `ALTER TABLE ${table} DROP CONSTRAINT IF EXISTS ${name}, ADD CONSTRAINT ${name} CHECK (${condition}) NOT VALID`,
  );
  await runner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
}
