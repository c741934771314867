import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The holds, and the time that they take of each user and room. `calendar_versions.held_until` is the latest expiry of the
 * holds on a user, so that a look-up of versions reads the holds of only those users who may have an open one.
 */
export class CreateHolds1764261000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holds (
        tenant_id integer NOT NULL,
        id integer GENERATED ALWAYS AS IDENTITY,
        user_ids integer[] NOT NULL,
        room_ids integer[] NOT NULL,
        start_at timestamptz(0) NOT NULL,
        end_at timestamptz(0) NOT NULL,
        created_by_user_id integer,
        created_by_key_id integer,
        event_id integer,
        created_at timestamptz(3) NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT holds_pkey PRIMARY KEY (tenant_id, id),
        CONSTRAINT holds_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id) ON DELETE CASCADE,
        CONSTRAINT holds_creator CHECK (created_by_user_id IS NULL OR created_by_key_id IS NULL),
        CONSTRAINT holds_time CHECK (start_at < end_at)
      )`);
    await runner.query(
      'CREATE INDEX holds_created_by_user_idx ON holds (tenant_id, created_by_user_id, expires_at)',
    );
    await runner.query(
      'CREATE INDEX holds_created_by_key_idx ON holds (tenant_id, created_by_key_id, expires_at)',
    );
    await runner.query('CREATE INDEX holds_expires_at_idx ON holds (expires_at)');
    await runner.query(`
      CREATE TABLE hold_members (
        tenant_id integer NOT NULL,
        user_id integer NOT NULL,
        hold_id integer NOT NULL,
        span tstzrange NOT NULL,
        expires_at timestamptz(3) NOT NULL,
        CONSTRAINT hold_members_pkey PRIMARY KEY (tenant_id, user_id, hold_id),
        CONSTRAINT hold_members_user_id_fkey FOREIGN KEY (tenant_id, user_id)
          REFERENCES users (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT hold_members_hold_id_fkey FOREIGN KEY (tenant_id, hold_id)
          REFERENCES holds (tenant_id, id) ON DELETE CASCADE
      )`);
    await runner.query('CREATE INDEX hold_members_hold_id_idx ON hold_members (tenant_id, hold_id)');
    await runner.query('CREATE INDEX hold_members_expires_at_idx ON hold_members (expires_at)');
    await runner.query('ALTER TABLE calendar_versions ADD COLUMN held_until timestamptz(3)');
    await createFunctions(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE hold_members, holds');
    await runner.query('DROP FUNCTION raise_held_until(), lower_held_until(integer, integer[])');
    await runner.query('ALTER TABLE calendar_versions DROP COLUMN held_until');
  }
}

/**
 * A trigger raises `held_until`, in the transaction of the hold. `lower_held_until` lowers it after the end of holds that have
 * not expired. Without this call, reads look for holds until that instant. Both lock the rows of the versions in the order of
 * the users, as the triggers of events do.
 */
async function createFunctions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION raise_held_until() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      INSERT INTO calendar_versions AS v (tenant_id, user_id, held_until)
      SELECT tenant_id, user_id, max(expires_at) FROM changed
       GROUP BY tenant_id, user_id ORDER BY tenant_id, user_id
      ON CONFLICT (tenant_id, user_id)
      DO UPDATE SET held_until = EXCLUDED.held_until
       WHERE v.held_until IS NULL OR v.held_until < EXCLUDED.held_until;
      RETURN NULL;
    END $$`);
  for (const change of ['INSERT', 'UPDATE']) {
    await runner.query(`
      CREATE TRIGGER hold_members_${change.toLowerCase()} AFTER ${change} ON hold_members
        REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION raise_held_until()`);
  }
  // The second statement sees each hold whose transaction raised the row before the lock. A later one raises it again.
  await runner.query(`
    CREATE FUNCTION lower_held_until(tenant integer, users integer[]) RETURNS void LANGUAGE plpgsql AS $$
    BEGIN
      PERFORM FROM calendar_versions v
        WHERE v.tenant_id = tenant AND v.user_id = ANY (users) ORDER BY v.user_id FOR NO KEY UPDATE;
      UPDATE calendar_versions v SET held_until = (
               SELECT max(m.expires_at) FROM hold_members m WHERE m.tenant_id = tenant AND m.user_id = v.user_id)
       WHERE v.tenant_id = tenant AND v.user_id = ANY (users);
    END $$`);
}
