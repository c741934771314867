import type { MigrationInterface, QueryRunner } from 'typeorm';

const CONSTRAINTS = [
  ['attendees', 'attendees_role'],
  ['attendees', 'attendees_occurrences_status'],
  ['occurrence_answers', 'occurrence_answers_status'],
];

/** Checks the rows that exist against the constraints, while requests read and write the tables. */
export class ValidateAttendeeRoles1764224001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, name] of CONSTRAINTS)
      await runner.query(`ALTER TABLE ${table} VALIDATE CONSTRAINT ${name}`);
  }

  async down(): Promise<void> {}
}
