import type { MigrationInterface, QueryRunner } from 'typeorm';
import { buildIndex } from './concurrent-index.js';

const NAME = 'attendees_calendar_id_span_idx';

/** Builds the index by which a calendar is listed, and ties the attendees to their calendars, while requests go on. */
export class AddCalendarIndex1764220002000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    // Partial, so that PostgreSQL never reads the events of a user by this index.
    const columns = 'attendees USING gist (tenant_id, calendar_id, span) WHERE calendar_id IS NOT NULL';
    await buildIndex(runner, { name: NAME, kind: 'INDEX', columns });
    const constraint = 'attendees_calendar_id_fkey';
    await runner.query(`ALTER TABLE attendees DROP CONSTRAINT IF EXISTS ${constraint}`);
    // A calendar belongs to the user who attends.
    await runner.query(`
      ALTER TABLE attendees ADD CONSTRAINT ${constraint} FOREIGN KEY (tenant_id, user_id, calendar_id)
        REFERENCES calendars (tenant_id, user_id, id) NOT VALID`);
    await runner.query(`ALTER TABLE attendees VALIDATE CONSTRAINT ${constraint}`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE attendees DROP CONSTRAINT IF EXISTS attendees_calendar_id_fkey');
    await runner.query(`DROP INDEX IF EXISTS ${NAME}`);
  }
}
