import type { QueryRunner } from 'typeorm';

/** SQL: whether the running transaction did not create the event of a row `r`. A new event has no previous rows. */
const IS_OLDER = `NOT EXISTS (
  SELECT FROM event_changes c
   WHERE c.tenant_id = r.tenant_id AND c.event_id = r.event_id AND c.xid = own_xid AND c.kind = 'created')`;

/** SQL of the key of a row within its event, from the arguments of the trigger. */
function keyOf(row: string): string {
  return `concat_ws(' ', ${row} ->> TG_ARGV[1], ${row} ->> TG_ARGV[2])`;
}

/** Keeps the values from before the transaction, if an earlier statement of it changed the row already. */
const KEEP_FIRST = `
  ON CONFLICT (tenant_id, event_id, xid, part, key)
  DO UPDATE SET previous = EXCLUDED.previous || event_previous_rows.previous,
                user_id = coalesce(event_previous_rows.user_id, EXCLUDED.user_id)
   WHERE EXCLUDED.previous IS NOT NULL`;

/** SQL: rows of a transition table with their keys, without the columns that follow from others. */
function keyedRows(table: string): string {
  return `
    SELECT r.tenant_id, r.event_id, ${keyOf('r.content')} AS key, r.content
      FROM (SELECT t.tenant_id, t.event_id, to_jsonb(t) - '{span,gained_xid}'::text[] AS content FROM ${table} t) AS r`;
}

/** Notes a change of the events of `rows`, unless the transaction has noted one. */
function noteChange(rows: string): string {
  return `
    INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
    SELECT e.tenant_id, e.id, e.version, 'updated', e.updated_at
      FROM (SELECT DISTINCT tenant_id, event_id FROM ${rows}) AS r
      JOIN events e ON e.tenant_id = r.tenant_id AND e.id = r.event_id
    ON CONFLICT (tenant_id, event_id, xid) DO NOTHING`;
}

/** Creates the functions of the triggers that write the log of changes. */
export async function createLogFunctions(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION changed_columns(was jsonb, now jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
      SELECT jsonb_object_agg(key, value) FROM jsonb_each(was) WHERE value IS DISTINCT FROM now -> key
    $$`);
  await createFunction(runner, 'note_gained_entry', 'NEW.gained_xid := this_transaction(); RETURN NEW;');
  await createFunction(
    runner,
    'log_added_events',
    `INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
     SELECT tenant_id, id, version, 'created', updated_at FROM new_rows
     ON CONFLICT (tenant_id, event_id, xid) DO UPDATE SET kind = EXCLUDED.kind, version = EXCLUDED.version;
     RETURN NULL;`,
  );
  await createFunction(
    runner,
    'log_changed_events',
    // A full join hashes the rows. An inner join of many rows may take a plan that compares each row with each.
    `WITH compared AS MATERIALIZED (
       SELECT tenant_id, id AS event_id, n.version, n.updated_at,
              to_jsonb(o) - '{version,updated_at}'::text[] AS was, to_jsonb(n) - '{version,updated_at}'::text[] AS now
         FROM old_rows o FULL JOIN new_rows n USING (tenant_id, id) WHERE n IS DISTINCT FROM o),
     noted AS (
       INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
       SELECT tenant_id, event_id, version, 'updated', updated_at FROM compared
       ON CONFLICT (tenant_id, event_id, xid)
       DO UPDATE SET version = EXCLUDED.version, updated_at = EXCLUDED.updated_at)
     INSERT INTO event_previous_rows (tenant_id, event_id, part, key, previous)
     SELECT r.tenant_id, r.event_id, 'event', '', changed_columns(r.was, r.now)
       FROM compared r WHERE r.was <> r.now AND ${IS_OLDER}${KEEP_FIRST};
     RETURN NULL;`,
  );
  await createFunction(
    runner,
    'log_removed_events',
    // An event that the same transaction created was never there.
    `WITH unborn AS (
       DELETE FROM event_changes c USING old_rows o
        WHERE c.tenant_id = o.tenant_id AND c.event_id = o.id AND c.xid = own_xid AND c.kind = 'created'
       RETURNING c.tenant_id, c.event_id),
     noted AS (
       INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
       SELECT o.tenant_id, o.id, o.version + 1, 'deleted', clock_timestamp() FROM old_rows o
        WHERE (o.tenant_id, o.id) NOT IN (SELECT tenant_id, event_id FROM unborn)
       ON CONFLICT (tenant_id, event_id, xid)
       DO UPDATE SET kind = EXCLUDED.kind, version = EXCLUDED.version, updated_at = EXCLUDED.updated_at)
     INSERT INTO event_previous_rows (tenant_id, event_id, part, key, user_id, previous)
     SELECT o.tenant_id, o.id, 'event', '', o.organizer_id, to_jsonb(o) FROM old_rows o
      WHERE (o.tenant_id, o.id) NOT IN (SELECT tenant_id, event_id FROM unborn)${KEEP_FIRST};
     RETURN NULL;`,
  );
  await createRowFunctions(runner);
  await createGrantFunctions(runner);
}

/** The functions of the triggers of `PARTS`. Their arguments are the part and the columns of the key. */
async function createRowFunctions(runner: QueryRunner): Promise<void> {
  await createFunction(
    runner,
    'log_added_rows',
    `${noteChange('new_rows')};
     INSERT INTO event_previous_rows (tenant_id, event_id, part, key, user_id, previous)
     SELECT r.tenant_id, r.event_id, TG_ARGV[0], r.key, (r.content ->> 'user_id')::integer, NULL
       FROM (${keyedRows('new_rows')}) AS r
      WHERE ${IS_OLDER}
     ON CONFLICT (tenant_id, event_id, xid, part, key) DO NOTHING;
     RETURN NULL;`,
  );
  // A row that moves to another event, or to another key, is removed there and added here.
  await createFunction(
    runner,
    'log_changed_rows',
    `WITH compared AS MATERIALIZED (
       SELECT tenant_id, event_id, key, o.content AS was, n.content AS now
         FROM (${keyedRows('old_rows')}) AS o
         FULL JOIN (${keyedRows('new_rows')}) AS n USING (tenant_id, event_id, key)
        WHERE o.content - 'updated_at' IS DISTINCT FROM n.content - 'updated_at'),
     noted AS (${noteChange('compared')})
     INSERT INTO event_previous_rows (tenant_id, event_id, part, key, user_id, previous)
     SELECT r.tenant_id, r.event_id, TG_ARGV[0], r.key, (coalesce(r.was, r.now) ->> 'user_id')::integer,
            CASE WHEN r.now IS NULL THEN r.was ELSE changed_columns(r.was, r.now) END
       FROM compared r
      WHERE ${IS_OLDER}${KEEP_FIRST};
     RETURN NULL;`,
  );
  await createFunction(
    runner,
    'log_removed_rows',
    `${noteChange('old_rows')};
     INSERT INTO event_previous_rows (tenant_id, event_id, part, key, user_id, previous)
     SELECT r.tenant_id, r.event_id, TG_ARGV[0], r.key, (r.content ->> 'user_id')::integer, r.content
       FROM (${keyedRows('old_rows')}) AS r
      WHERE ${IS_OLDER}${KEEP_FIRST};
     RETURN NULL;`,
  );
}

/** A grant that comes with its calendar, or ends with it, changes nothing that a viewer saw before. */
async function createGrantFunctions(runner: QueryRunner): Promise<void> {
  const columns = '(tenant_id, calendar_id, owner_id, user_id, role, sees_private)';
  await createFunction(
    runner,
    'log_added_grants',
    `INSERT INTO grant_changes ${columns}
     SELECT n.tenant_id, n.calendar_id, c.user_id, n.user_id, NULL, NULL
       FROM new_rows n JOIN calendars c ON c.tenant_id = n.tenant_id AND c.id = n.calendar_id
      WHERE c.created_at <> now()::timestamptz(3);
     RETURN NULL;`,
  );
  await createFunction(
    runner,
    'log_changed_grants',
    `INSERT INTO grant_changes ${columns}
     SELECT o.tenant_id, o.calendar_id, c.user_id, o.user_id, o.role, o.sees_private
       FROM old_rows o
       JOIN new_rows n ON n.tenant_id = o.tenant_id AND n.id = o.id
       JOIN calendars c ON c.tenant_id = o.tenant_id AND c.id = o.calendar_id
      WHERE (o.role, o.sees_private) <> (n.role, n.sees_private);
     RETURN NULL;`,
  );
  await createFunction(
    runner,
    'log_removed_grants',
    `INSERT INTO grant_changes ${columns}
     SELECT o.tenant_id, o.calendar_id, c.user_id, o.user_id, o.role, o.sees_private
       FROM old_rows o LEFT JOIN calendars c ON c.tenant_id = o.tenant_id AND c.id = o.calendar_id;
     RETURN NULL;`,
  );
}

async function createFunction(runner: QueryRunner, name: string, body: string): Promise<void> {
  // A variable, since no index finds the value of a volatile function. A session keeps the plan of the first call, which may
  // have been for one row of a small table.
  await runner.query(`
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE own_xid CONSTANT bigint := this_transaction();
    BEGIN ${body} END $$`);
}
