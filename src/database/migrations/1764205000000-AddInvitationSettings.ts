import type { MigrationInterface, QueryRunner } from 'typeorm';

const CIVIL_TIME = String.raw`'^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`;

/** Whose unanswered invitations take a user's time, and the declines of people who no longer attend. */
export class AddInvitationSettings1764205000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE users
        ADD COLUMN invitations text NOT NULL DEFAULT 'all',
        ADD CONSTRAINT users_invitations CHECK (invitations IN ('all', 'known', 'none'))`);
    await runner.query(`
      CREATE TABLE remembered_declines (
        event_id integer NOT NULL,
        user_id integer NOT NULL,
        original_start text NOT NULL,
        comment text,
        CONSTRAINT remembered_declines_pkey PRIMARY KEY (event_id, user_id, original_start),
        CONSTRAINT remembered_declines_event_id_fkey FOREIGN KEY (event_id) REFERENCES events (id)
          ON DELETE CASCADE,
        CONSTRAINT remembered_declines_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
          ON DELETE CASCADE,
        CONSTRAINT remembered_declines_original_start CHECK (
          original_start = '' OR original_start ~ ${CIVIL_TIME})
      )`);
    // Partial, so that PostgreSQL never takes it for the window of a calendar, which another index answers faster.
    await runner.query(`
      CREATE INDEX attendees_taking_part_idx ON attendees (user_id, event_id)
       WHERE status IN ('organizer', 'accepted')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP INDEX attendees_taking_part_idx`);
    await runner.query(`DROP TABLE remembered_declines`);
    await runner.query(`ALTER TABLE users DROP COLUMN invitations`);
  }
}
