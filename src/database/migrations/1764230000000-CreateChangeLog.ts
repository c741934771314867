import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createLogFunctions } from './change-log-functions.js';

/** The tables whose rows make up an event, the part that a row of each is, and the columns of its key within the event. */
const PARTS = [
  { table: 'attendees', part: 'attendee', key: ['user_id'] },
  { table: 'occurrence_overrides', part: 'override', key: ['original_start'] },
  { table: 'occurrence_answers', part: 'answer', key: ['user_id', 'original_start'] },
  { table: 'guests', part: 'guest', key: ['invite_id'] },
  { table: 'guest_answers', part: 'guest_answer', key: ['invite_id', 'original_start'] },
] as const;

/** SQL: whether the transaction writes the log. */
const LOGS = `current_setting('calendar.log', true) IS DISTINCT FROM 'off'`;

const OPERATIONS = {
  added: 'INSERT ON @ REFERENCING NEW TABLE AS new_rows',
  changed: 'UPDATE ON @ REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows',
  removed: 'DELETE ON @ REFERENCING OLD TABLE AS old_rows',
} as const;

/**
 * The log of changes. Triggers write it, so the changes of an instance of the version before are in it too. One row of
 * `event_changes` is the change of one event by one transaction. `event_previous_rows` has the rows of the event as they
 * were before the change. A transaction in which the setting `calendar.log` is `off` writes none: the erasure of a tenant.
 */
export class CreateChangeLog1764230000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTables(runner);
    await createLogFunctions(runner);
    await runner.query(`
      CREATE TRIGGER events_changed_log AFTER UPDATE ON events FOR EACH ROW
        WHEN (${LOGS} AND old IS DISTINCT FROM new) EXECUTE FUNCTION log_changed_event()`);
    await runner.query(`
      CREATE TRIGGER attendees_changed_log AFTER UPDATE ON attendees FOR EACH ROW
        WHEN (${LOGS} AND old.event_id = new.event_id AND old.user_id = new.user_id)
        EXECUTE FUNCTION log_changed_attendee()`);
    for (const [name, operation] of Object.entries(OPERATIONS)) {
      if (name !== 'changed')
        await createTrigger(runner, `events_${name}_log`, operation, 'events', `log_${name}_events()`);
      for (const { table, part, key } of PARTS) {
        if (name === 'changed' && table === 'attendees') continue;
        const call = `log_${name}_rows(${[part, ...key].map((argument) => `'${argument}'`).join(', ')})`;
        await createTrigger(runner, `${table}_${name}_log`, operation, table, call);
      }
      await createTrigger(
        runner,
        `calendar_grants_${name}_log`,
        operation,
        'calendar_grants',
        `log_${name}_grants()`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const name of Object.keys(OPERATIONS)) {
      for (const table of ['events', ...PARTS.map((part) => part.table), 'calendar_grants'])
        await runner.query(`DROP TRIGGER ${table}_${name}_log ON ${table}`);
      await runner.query(`DROP FUNCTION log_${name}_rows(), log_${name}_grants()`);
    }
    await runner.query(`
      DROP FUNCTION log_added_events(), log_changed_event(), log_removed_events(), log_changed_attendee()`);
    await runner.query('DROP FUNCTION changed_columns(jsonb, jsonb)');
    await runner.query(
      'DROP TABLE event_previous_rows, event_changes, grant_changes, change_floors, change_marks, change_epochs',
    );
    await runner.query('DROP FUNCTION this_transaction(), change_author(integer)');
  }
}

async function createTrigger(
  runner: QueryRunner,
  name: string,
  operation: string,
  table: string,
  call: string,
): Promise<void> {
  await runner.query(
    `CREATE TRIGGER ${name} AFTER ${operation.replace('@', table)} FOR EACH STATEMENT
       WHEN (${LOGS}) EXECUTE FUNCTION ${call}`,
  );
}

async function createTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION this_transaction() RETURNS bigint LANGUAGE sql VOLATILE AS
      'SELECT pg_current_xact_id()::text::bigint'`);
  // Each transaction sets the user and the API key of its request.
  await runner.query(`
    CREATE FUNCTION change_author(place integer) RETURNS integer LANGUAGE sql STABLE AS
      $$SELECT nullif(split_part(current_setting('calendar.author', true), ':', place), '')::integer$$`);
  await runner.query(`
    CREATE TABLE event_changes (
      tenant_id integer NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      event_id integer NOT NULL,
      xid bigint NOT NULL DEFAULT this_transaction(),
      version integer NOT NULL,
      kind text NOT NULL,
      user_id integer DEFAULT change_author(1),
      api_key_id integer DEFAULT change_author(2),
      updated_at timestamptz(3) NOT NULL,
      at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT event_changes_pkey PRIMARY KEY (tenant_id, sequence),
      CONSTRAINT event_changes_event_key UNIQUE (tenant_id, event_id, xid),
      CONSTRAINT event_changes_kind CHECK (kind IN ('created', 'updated', 'deleted'))
    )`);
  await runner.query('CREATE INDEX event_changes_xid_idx ON event_changes (tenant_id, xid, event_id)');
  await runner.query(`
    CREATE INDEX event_changes_user_id_idx ON event_changes (tenant_id, user_id, sequence)
     WHERE user_id IS NOT NULL`);
  await runner.query('CREATE INDEX event_changes_all_tenants_idx ON event_changes (xid)');
  await runner.query(`
    CREATE INDEX event_changes_deleted_idx ON event_changes (tenant_id, at) WHERE kind = 'deleted'`);
  await runner.query(`
    CREATE TABLE event_previous_rows (
      tenant_id integer NOT NULL,
      event_id integer NOT NULL,
      xid bigint NOT NULL DEFAULT this_transaction(),
      part text NOT NULL,
      key text NOT NULL,
      user_id integer,
      previous jsonb,
      CONSTRAINT event_previous_rows_pkey PRIMARY KEY (tenant_id, event_id, xid, part, key)
    )`);
  await runner.query(`
    CREATE INDEX event_previous_rows_user_id_idx ON event_previous_rows (tenant_id, user_id, xid)
     WHERE user_id IS NOT NULL`);
  await runner.query(`
    CREATE TABLE grant_changes (
      tenant_id integer NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      xid bigint NOT NULL DEFAULT this_transaction(),
      calendar_id integer NOT NULL,
      owner_id integer,
      user_id integer,
      role text,
      sees_private boolean,
      at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT grant_changes_pkey PRIMARY KEY (tenant_id, sequence)
    )`);
  await runner.query('CREATE INDEX grant_changes_xid_idx ON grant_changes (tenant_id, xid)');
  await runner.query(`
    CREATE TABLE change_floors (
      tenant_id integer NOT NULL,
      xid bigint NOT NULL,
      CONSTRAINT change_floors_pkey PRIMARY KEY (tenant_id)
    )`);
  await runner.query(`
    CREATE TABLE change_marks (
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      at timestamptz(3) NOT NULL DEFAULT clock_timestamp(),
      CONSTRAINT change_marks_pkey PRIMARY KEY (sequence)
    )`);
  await runner.query(`
    CREATE TABLE change_epochs (
      epoch uuid NOT NULL,
      fingerprint text NOT NULL,
      CONSTRAINT change_epochs_pkey PRIMARY KEY (epoch)
    )`);
}
