import type { Client } from 'pg';

/** A way to keep the order of changes. */
export interface Way {
  readonly name: string;
  /** Changes a database that has the schema of the service. */
  prepare(client: Client): Promise<void>;
}

const TABLES = [
  'events',
  'attendees',
  'occurrence_overrides',
  'occurrence_answers',
  'guests',
  'guest_answers',
];

async function removeLog(client: Client): Promise<void> {
  const { rows } = await client.query<{ name: string; relation: string }>(
    `SELECT tgname AS name, tgrelid::regclass::text AS relation FROM pg_trigger
      WHERE tgname LIKE '%\\_log' AND tgrelid = ANY ($1::regclass[])`,
    [TABLES],
  );
  for (const { name, relation } of rows) await client.query(`DROP TRIGGER ${name} ON ${relation}`);
}

/**
 * A row for each calendar has the number of its last change. A transaction locks the rows of the calendars that have the
 * event at its end, in the order of their ids, and raises their numbers. It keeps the newest change of each event.
 */
const COUNTERS = `
  CREATE TABLE calendar_heads (tenant_id integer, calendar_id integer, change_no bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (tenant_id, calendar_id));
  CREATE TABLE calendar_changes (tenant_id integer, calendar_id integer, event_id integer, change_no bigint NOT NULL,
    deleted boolean NOT NULL, at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (tenant_id, calendar_id, event_id));
  CREATE INDEX ON calendar_changes (tenant_id, calendar_id, change_no);
  INSERT INTO calendar_heads SELECT tenant_id, id FROM calendars;
  CREATE FUNCTION count_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    WITH listed AS (
      SELECT h.tenant_id, h.calendar_id FROM calendar_heads h
       WHERE (h.tenant_id, h.calendar_id) IN (
             SELECT a.tenant_id, a.calendar_id FROM attendees a WHERE a.tenant_id = NEW.tenant_id AND a.event_id = NEW.id)
       ORDER BY h.calendar_id FOR NO KEY UPDATE),
    raised AS (
      UPDATE calendar_heads h SET change_no = h.change_no + 1 FROM listed l
       WHERE h.tenant_id = l.tenant_id AND h.calendar_id = l.calendar_id
      RETURNING h.tenant_id, h.calendar_id, h.change_no)
    INSERT INTO calendar_changes (tenant_id, calendar_id, event_id, change_no, deleted)
    SELECT tenant_id, calendar_id, NEW.id, change_no, false FROM raised
    ON CONFLICT (tenant_id, calendar_id, event_id)
    DO UPDATE SET change_no = EXCLUDED.change_no, deleted = false, at = now();
    RETURN NULL; END $$;
  CREATE CONSTRAINT TRIGGER events_counted AFTER INSERT OR UPDATE ON events DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION count_change()`;

export const WAYS: readonly Way[] = [
  { name: 'no log', prepare: removeLog },
  {
    name: 'a counter for each calendar',
    prepare: async (client) => {
      await removeLog(client);
      await client.query(COUNTERS);
    },
  },
  { name: 'the log', prepare: async () => undefined },
];
