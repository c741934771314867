import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQL: whether the transaction writes the log of changes. The erasure of a tenant does not. */
const LOGS = `current_setting('calendar.log', true) IS DISTINCT FROM 'off'`;

/** Columns of an event that take no part in the busy time of its attendees. */
const NOT_BUSY = `'{title,description,location,visibility,url,color,categories,conference,external_id,
  metadata,end_time_zone}'::text[]`;

/** The columns of a table on which the busy time of its users depends. */
const SETTINGS = {
  users: ['kind', 'time_zone', 'working_hours', 'double_booking', 'invitations', 'deleted_at'],
  calendars: ['user_id', 'counts_as_busy'],
} as const;

/**
 * The versions of the calendars of each user. `entries` rises with each change of the user's busy time by events, and
 * `settings` with each change of the user or the calendars. Triggers raise them in the transaction of the
 * change, so an instance of the version before raises them too. A user without a row has zero in both.
 */
export class CreateCalendarVersions1764240000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // Each booking updates a row of each attendee: pages with free space keep these updates in the same page.
    await runner.query(`
      CREATE TABLE calendar_versions (
        tenant_id integer NOT NULL,
        user_id integer NOT NULL,
        entries bigint NOT NULL DEFAULT 0,
        settings bigint NOT NULL DEFAULT 0,
        CONSTRAINT calendar_versions_pkey PRIMARY KEY (tenant_id, user_id),
        CONSTRAINT calendar_versions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id)
          ON DELETE CASCADE
      ) WITH (fillfactor = 50)`);
    await createEntriesTrigger(runner);
    await createSettingsTriggers(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TRIGGER event_changes_versions ON event_changes');
    for (const table of Object.keys(SETTINGS))
      await runner.query(`DROP TRIGGER ${table}_settings_version ON ${table}`);
    await runner.query('DROP FUNCTION raise_entries_versions(), raise_settings_version()');
    await runner.query('DROP TABLE calendar_versions');
  }
}

/**
 * At the commit, once for a transaction: the rows are locked for a moment only, and in the order of the users, so that two
 * transactions do not wait for each other.
 */
async function createEntriesTrigger(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION raise_entries_versions() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE mark CONSTANT text := NEW.xid || ' ' || NEW.tenant_id;
    BEGIN
      IF current_setting('calendar.raised', true) = mark THEN RETURN NULL; END IF;
      PERFORM set_config('calendar.raised', mark, true);
      INSERT INTO calendar_versions AS v (tenant_id, user_id, entries)
      SELECT NEW.tenant_id, concerned.user_id, 1 FROM (
        SELECT a.user_id
          FROM event_changes c
          JOIN attendees a ON a.tenant_id = c.tenant_id AND a.event_id = c.event_id
         WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid
           AND (c.kind = 'created' OR EXISTS (
             SELECT FROM event_previous_rows p
              WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
                AND (p.part = 'override' OR p.part = 'event' AND p.previous - ${NOT_BUSY} <> '{}')))
        UNION
        SELECT p.user_id
          FROM event_changes c
          JOIN event_previous_rows p ON p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
         WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid AND p.part IN ('attendee', 'answer')) AS concerned
       ORDER BY concerned.user_id
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET entries = v.entries + 1;
      RETURN NULL;
    END $$`);
  await runner.query(`
    CREATE CONSTRAINT TRIGGER event_changes_versions AFTER INSERT ON event_changes
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION raise_entries_versions()`);
}

/** The argument of the trigger is the column with the user. */
async function createSettingsTriggers(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION raise_settings_version() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed CONSTANT jsonb := to_jsonb(coalesce(NEW, OLD));
    BEGIN
      INSERT INTO calendar_versions AS v (tenant_id, user_id, settings)
      VALUES ((changed ->> 'tenant_id')::integer, (changed ->> TG_ARGV[0])::integer, 1)
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET settings = v.settings + 1;
      RETURN NULL;
    END $$`);
  for (const [table, columns] of Object.entries(SETTINGS)) {
    const user = table === 'users' ? 'id' : 'user_id';
    const listed = (row: string): string => columns.map((name) => `${row}.${name}`).join(', ');
    await runner.query(`
      CREATE TRIGGER ${table}_settings_version AFTER UPDATE ON ${table} FOR EACH ROW
        WHEN (${LOGS} AND (${listed('old')}) IS DISTINCT FROM (${listed('new')}))
        EXECUTE FUNCTION raise_settings_version('${user}')`);
  }
}
