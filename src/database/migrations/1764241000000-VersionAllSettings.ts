import type { MigrationInterface, QueryRunner } from 'typeorm';

/** SQL: whether the transaction writes the log of changes. The erasure of a tenant does not. */
const LOGS = `current_setting('calendar.log', true) IS DISTINCT FROM 'off'`;

/** The columns whose changes counted before. */
const FORMER_COLUMNS = {
  users: ['kind', 'time_zone', 'working_hours', 'double_booking', 'invitations', 'deleted_at'],
  calendars: ['user_id', 'counts_as_busy'],
} as const;

/** Columns of `users` that no response about an event or a calendar depends on. */
const ACCOUNT_ALONE = ['password_hash', 'generation', 'email_verified_at', 'normalised_email'];

const TABLES = ['users', 'calendars', 'calendar_grants'] as const;

/** The changes of each table that count. A new user has no calendars that anybody has read. */
const CHANGES: Readonly<Record<(typeof TABLES)[number], readonly string[]>> = {
  users: ['update'],
  calendars: ['insert', 'update', 'delete'],
  calendar_grants: ['insert', 'update', 'delete'],
};

/**
 * Makes `settings` rise with each change of the user, of a calendar of the user, or of a grant on one, and notes the
 * transaction that raised it last, so that one look-up finds the users with changes since a snapshot.
 */
export class VersionAllSettings1764241000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE calendar_versions ADD COLUMN settings_xid bigint');
    await runner.query(
      'CREATE INDEX calendar_versions_settings_xid_idx ON calendar_versions (tenant_id, settings_xid)',
    );
    for (const table of ['users', 'calendars'])
      await runner.query(`DROP TRIGGER ${table}_settings_version ON ${table}`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION raise_settings_version() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        changed CONSTANT record := coalesce(NEW, OLD);
        owner integer;
      BEGIN
        CASE TG_TABLE_NAME
          WHEN 'users' THEN owner := changed.id;
          WHEN 'calendars' THEN owner := changed.user_id;
          ELSE
            -- Planned at each call: the plan of the first call, for an empty table, may read all calendars of the tenant.
            EXECUTE 'SELECT user_id FROM calendars WHERE tenant_id = $1 AND id = $2'
               INTO owner USING changed.tenant_id, changed.calendar_id;
        END CASE;
        -- The end of a calendar is a change of its own, and ends its grants.
        IF owner IS NULL THEN RETURN NULL; END IF;
        INSERT INTO calendar_versions AS v (tenant_id, user_id, settings, settings_xid)
        VALUES (changed.tenant_id, owner, 1, this_transaction())
        ON CONFLICT (tenant_id, user_id)
        DO UPDATE SET settings = v.settings + 1, settings_xid = EXCLUDED.settings_xid
         -- Nobody sees the version between two changes of one transaction.
         WHERE v.settings_xid IS DISTINCT FROM EXCLUDED.settings_xid;
        RETURN NULL;
      END $$`);
    for (const table of TABLES)
      for (const change of CHANGES[table]) await createTrigger(runner, table, change);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      for (const change of CHANGES[table])
        await runner.query(`DROP TRIGGER ${triggerName(table, change)} ON ${table}`);
    }
    await runner.query(`
      CREATE OR REPLACE FUNCTION raise_settings_version() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE changed CONSTANT jsonb := to_jsonb(coalesce(NEW, OLD));
      BEGIN
        INSERT INTO calendar_versions AS v (tenant_id, user_id, settings)
        VALUES ((changed ->> 'tenant_id')::integer, (changed ->> TG_ARGV[0])::integer, 1)
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET settings = v.settings + 1;
        RETURN NULL;
      END $$`);
    for (const [table, columns] of Object.entries(FORMER_COLUMNS)) {
      const listed = (row: string): string => columns.map((name) => `${row}.${name}`).join(', ');
      await runner.query(`
        CREATE TRIGGER ${table}_settings_version AFTER UPDATE ON ${table} FOR EACH ROW
          WHEN (${LOGS} AND (${listed('old')}) IS DISTINCT FROM (${listed('new')}))
          EXECUTE FUNCTION raise_settings_version('${table === 'users' ? 'id' : 'user_id'}')`);
    }
    await runner.query('DROP INDEX calendar_versions_settings_xid_idx');
    await runner.query('ALTER TABLE calendar_versions DROP COLUMN settings_xid');
  }
}

function triggerName(table: string, change: string): string {
  return `${table}_${change}_settings_version`;
}

function contentOf(row: string): string {
  return `to_jsonb(${row}) - '{${ACCOUNT_ALONE.join()}}'::text[]`;
}

async function createTrigger(runner: QueryRunner, table: string, change: string): Promise<void> {
  const differs = change === 'update' ? ` AND ${contentOf('old')} <> ${contentOf('new')}` : '';
  await runner.query(`
    CREATE TRIGGER ${triggerName(table, change)} AFTER ${change.toUpperCase()} ON ${table} FOR EACH ROW
      WHEN (${LOGS}${differs}) EXECUTE FUNCTION raise_settings_version()`);
}
