import { connected } from '../scheduling/database.js';

/** A way to log changes. */
export interface Variant {
  readonly name: string;
  readonly prepare: (url: string) => Promise<void>;
}

const LOGGED = [
  'events',
  'attendees',
  'occurrence_overrides',
  'occurrence_answers',
  'guests',
  'guest_answers',
  'calendar_grants',
];

/** Drops the triggers of the log. */
const WITHOUT_LOG = `
  DO $$ DECLARE found record; BEGIN
    FOR found IN SELECT tgname, tgrelid::regclass::text AS name FROM pg_trigger
                  WHERE tgname LIKE '%\\_log' AND NOT tgisinternal
                    AND tgrelid::regclass::text = ANY ('{${LOGGED.join()}}')
    LOOP EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.name); END LOOP;
  END $$;`;

/**
 * Numbers the changes of each calendar by a row of the calendar, whose lock orders them. A change of an event is a change
 * of each calendar that has it.
 */
const WITH_COUNTERS = `
  CREATE TABLE calendar_counters (
    tenant_id integer, calendar_id integer, sequence bigint NOT NULL, PRIMARY KEY (tenant_id, calendar_id));
  CREATE TABLE counted_changes (
    tenant_id integer, calendar_id integer, sequence bigint, event_id integer NOT NULL, at timestamptz DEFAULT now(),
    PRIMARY KEY (tenant_id, calendar_id, sequence));
  CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    WITH entries AS (
      SELECT a.tenant_id, a.calendar_id, a.event_id
        FROM (SELECT DISTINCT tenant_id, (to_jsonb(n) ->> TG_ARGV[0])::integer AS event_id FROM new_rows n) AS changed
       CROSS JOIN LATERAL (SELECT * FROM attendees
                            WHERE tenant_id = changed.tenant_id AND event_id = changed.event_id OFFSET 0) AS a
       WHERE a.calendar_id IS NOT NULL),
    counted AS (
      INSERT INTO calendar_counters SELECT tenant_id, calendar_id, 1 FROM entries ORDER BY calendar_id
      ON CONFLICT (tenant_id, calendar_id) DO UPDATE SET sequence = calendar_counters.sequence + 1
      RETURNING *)
    INSERT INTO counted_changes
    SELECT c.tenant_id, c.calendar_id, c.sequence, e.event_id FROM counted c JOIN entries e USING (tenant_id, calendar_id);
    RETURN NULL;
  END $$;
  CREATE TRIGGER count_added AFTER INSERT ON attendees REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_changes('event_id');
  CREATE TRIGGER count_changed AFTER UPDATE ON events REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_changes('id');`;

/**
 * Raises the versions of calendars, on which creations depend. With the log, a trigger of the log does so: it raises the
 * versions of a whole transaction at once.
 */
const WITH_VERSIONS_ALONE = `
  CREATE FUNCTION raise_versions() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO calendar_versions AS v (tenant_id, user_id, entries)
    SELECT tenant_id, user_id, 1 FROM new_rows GROUP BY 1, 2 ORDER BY user_id
    ON CONFLICT (tenant_id, user_id) DO UPDATE SET entries = v.entries + 1;
    RETURN NULL;
  END $$;
  CREATE TRIGGER raise_added AFTER INSERT ON attendees REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION raise_versions();
  CREATE TRIGGER raise_changed AFTER UPDATE ON attendees REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION raise_versions();`;

export const VARIANTS: readonly Variant[] = [
  { name: 'no log', prepare: async (url) => run(url, WITHOUT_LOG + WITH_VERSIONS_ALONE) },
  {
    name: 'a counter of each calendar',
    prepare: async (url) => run(url, WITHOUT_LOG + WITH_VERSIONS_ALONE + WITH_COUNTERS),
  },
  { name: 'this log', prepare: async () => undefined },
];

async function run(url: string, sql: string): Promise<void> {
  const client = await connected(url);
  await client.query(sql);
  await client.end();
}
