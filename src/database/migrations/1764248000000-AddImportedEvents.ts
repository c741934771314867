import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Adds what an event from a file of iCalendar has besides: its UID, an organizer without an account, and the content that no
 * other column carries. The columns have constant defaults, so no row is written again. Rows of an instance of the version
 * before are those of events that no file has.
 */
export class AddImportedEvents1764248000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE events
        ADD COLUMN uid text,
        ADD COLUMN uid_namespace integer NOT NULL DEFAULT 0,
        ADD COLUMN foreign_organizer boolean NOT NULL DEFAULT false`);
    await runner.query('ALTER TABLE guests ADD COLUMN imported_as text');
    await runner.query('ALTER TABLE occurrence_overrides ADD COLUMN content jsonb');
    await runner.query(`
      CREATE TABLE event_contents (
        tenant_id integer NOT NULL DEFAULT 1,
        event_id integer NOT NULL,
        content jsonb NOT NULL,
        CONSTRAINT event_contents_pkey PRIMARY KEY (tenant_id, event_id),
        CONSTRAINT event_contents_event_id_fkey FOREIGN KEY (tenant_id, event_id)
          REFERENCES events (tenant_id, id) ON DELETE CASCADE
      )`);
    // One row, which a dump and a copy of the database have too.
    await runner.query(`
      CREATE TABLE installation_ids (
        id uuid NOT NULL,
        CONSTRAINT installation_ids_pkey PRIMARY KEY (id)
      )`);
    await runner.query('INSERT INTO installation_ids (id) SELECT gen_random_uuid()');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE installation_ids');
    await runner.query('DROP TABLE event_contents');
    await runner.query('ALTER TABLE occurrence_overrides DROP COLUMN content');
    await runner.query('ALTER TABLE guests DROP COLUMN imported_as');
    await runner.query(`
      ALTER TABLE events DROP COLUMN foreign_organizer, DROP COLUMN uid_namespace, DROP COLUMN uid`);
  }
}
