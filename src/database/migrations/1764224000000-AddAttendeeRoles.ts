import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Roles of attendees, attendance at single occurrences, and guests: attendees without an account. */
export class AddAttendeeRoles1764224000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE attendees
        ADD COLUMN role text NOT NULL DEFAULT 'required',
        ADD COLUMN occurrences_status text,
        ADD CONSTRAINT attendees_role CHECK (role IN ('required', 'optional')) NOT VALID,
        ADD CONSTRAINT attendees_occurrences_status
          CHECK (occurrences_status IN ('needs_action', 'accepted', 'declined', 'tentative')) NOT VALID`);
    await runner.query(`
      ALTER TABLE occurrence_answers
        ADD COLUMN removed boolean NOT NULL DEFAULT false,
        DROP CONSTRAINT occurrence_answers_status,
        ADD CONSTRAINT occurrence_answers_status
          CHECK (status IN ('needs_action', 'accepted', 'declined', 'tentative')) NOT VALID`);
    await runner.query(`
      CREATE TABLE guests (
        tenant_id integer NOT NULL DEFAULT 1,
        event_id integer NOT NULL,
        invite_id integer NOT NULL DEFAULT nextval('invite_ids'),
        address text NOT NULL,
        email text NOT NULL,
        name text,
        role text NOT NULL DEFAULT 'required',
        status text NOT NULL DEFAULT 'needs_action',
        occurrences_status text,
        comment text,
        created_at timestamptz(3) NOT NULL DEFAULT now(),
        updated_at timestamptz(3) NOT NULL DEFAULT now(),
        CONSTRAINT guests_pkey PRIMARY KEY (tenant_id, event_id, invite_id),
        CONSTRAINT guests_invite_id_key UNIQUE (tenant_id, invite_id),
        CONSTRAINT guests_address_key UNIQUE (tenant_id, address, event_id),
        CONSTRAINT guests_event_id_fkey FOREIGN KEY (tenant_id, event_id)
          REFERENCES events (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT guests_role CHECK (role IN ('required', 'optional')),
        CONSTRAINT guests_status CHECK (status IN ('needs_action', 'accepted', 'declined', 'tentative')),
        CONSTRAINT guests_occurrences_status
          CHECK (occurrences_status IN ('needs_action', 'accepted', 'declined', 'tentative'))
      )`);
    await runner.query(`
      CREATE TABLE guest_answers (
        tenant_id integer NOT NULL DEFAULT 1,
        event_id integer NOT NULL,
        invite_id integer NOT NULL,
        original_start text NOT NULL,
        status text NOT NULL,
        removed boolean NOT NULL DEFAULT false,
        comment text,
        CONSTRAINT guest_answers_pkey PRIMARY KEY (tenant_id, event_id, invite_id, original_start),
        CONSTRAINT guest_answers_guest_fkey FOREIGN KEY (tenant_id, event_id, invite_id)
          REFERENCES guests (tenant_id, event_id, invite_id) ON DELETE CASCADE ON UPDATE CASCADE,
        CONSTRAINT guest_answers_original_start
          CHECK (original_start ~ '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}$'),
        CONSTRAINT guest_answers_status CHECK (status IN ('needs_action', 'accepted', 'declined', 'tentative'))
      )`);
  }

  /** An attendee of single occurrences becomes one who has declined the event, and an unanswered occurrence loses its row. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE guest_answers`);
    await runner.query(`DROP TABLE guests`);
    await runner.query(`DELETE FROM occurrence_answers WHERE status = 'needs_action'`);
    await runner.query(`
      ALTER TABLE occurrence_answers
        DROP CONSTRAINT occurrence_answers_status,
        ADD CONSTRAINT occurrence_answers_status CHECK (status IN ('accepted', 'declined', 'tentative')),
        DROP COLUMN removed`);
    await runner.query(`ALTER TABLE attendees DROP COLUMN occurrences_status, DROP COLUMN role`);
  }
}
