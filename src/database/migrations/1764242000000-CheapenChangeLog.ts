import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns of an event that take no part in the busy time of its attendees. */
const NOT_BUSY = `'{title,description,location,visibility,url,color,categories,conference,external_id,
  metadata,end_time_zone}'::text[]`;

/** SQL: whether the transaction changed the busy time of all attendees of the event of a change `c`. */
const CONCERNS_ALL = `c.kind = 'created' OR EXISTS (
  SELECT FROM event_previous_rows p
   WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
     AND (p.part = 'override' OR p.part = 'event' AND p.previous - ${NOT_BUSY} <> '{}') OFFSET 0)`;

/** SQL: whether a change `c` of an event that was there before added attendees or guests. */
const INVITES = `c.kind = 'updated' AND EXISTS (
  SELECT FROM event_previous_rows p
   WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
     AND p.part IN ('attendee', 'guest') AND p.previous IS NULL OFFSET 0)`;

/**
 * Makes the cost of the log depend on the change alone. An answer raises only the version of its event, and the version of
 * one calendar: its triggers read neither the other attendees of the event nor the other columns. A session keeps the plan of
 * its first call, and in a new database the planner chose to read all attendees of the tenant; a subquery with `OFFSET` is
 * planned by itself. A change that invites raises `entries` of the organizer, too, so that the number of invitations that the
 * organizer has sent is no larger while the version is the same.
 */
export class CheapenChangeLog1764242000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION raise_entries_versions() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off AS $$
      DECLARE mark CONSTANT text := NEW.xid || ' ' || NEW.tenant_id;
      BEGIN
        IF current_setting('calendar.raised', true) = mark THEN RETURN NULL; END IF;
        PERFORM set_config('calendar.raised', mark, true);
        INSERT INTO calendar_versions AS v (tenant_id, user_id, entries)
        SELECT NEW.tenant_id, concerned.user_id, 1 FROM (
          WITH changed AS MATERIALIZED (
            SELECT c.event_id, ${CONCERNS_ALL} AS concerns_all, ${INVITES} AS invites
              FROM event_changes c WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid)
          SELECT a.user_id FROM changed CROSS JOIN LATERAL (
                 SELECT user_id FROM attendees
                  WHERE tenant_id = NEW.tenant_id AND event_id = changed.event_id OFFSET 0) AS a
           WHERE changed.concerns_all
          UNION
          SELECT p.user_id FROM changed CROSS JOIN LATERAL (
                 SELECT user_id FROM event_previous_rows
                  WHERE tenant_id = NEW.tenant_id AND event_id = changed.event_id AND xid = NEW.xid
                    AND part IN ('attendee', 'answer') OFFSET 0) AS p
          UNION
          SELECT e.organizer_id FROM changed CROSS JOIN LATERAL (
                 SELECT organizer_id FROM events
                  WHERE tenant_id = NEW.tenant_id AND id = changed.event_id OFFSET 0) AS e
           WHERE changed.invites) AS concerned
         ORDER BY concerned.user_id
        ON CONFLICT (tenant_id, user_id) DO UPDATE SET entries = v.entries + 1;
        RETURN NULL;
      END $$`);
    await runner.query(`
      CREATE OR REPLACE FUNCTION log_changed_event() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off AS $$
      DECLARE
        -- A variable, since no index finds the value of a volatile function.
        own_xid CONSTANT bigint := this_transaction();
        raised events := OLD;
        was jsonb;
        now jsonb;
      BEGIN
        INSERT INTO event_changes (tenant_id, event_id, version, kind, updated_at)
        VALUES (NEW.tenant_id, NEW.id, NEW.version, 'updated', NEW.updated_at)
        ON CONFLICT (tenant_id, event_id, xid)
        DO UPDATE SET version = EXCLUDED.version, updated_at = EXCLUDED.updated_at;
        raised.version := NEW.version;
        raised.updated_at := NEW.updated_at;
        IF raised *= NEW THEN RETURN NULL; END IF;
        was := to_jsonb(OLD) - '{version,updated_at}'::text[];
        now := to_jsonb(NEW) - '{version,updated_at}'::text[];
        IF was <> now THEN
          INSERT INTO event_previous_rows (tenant_id, event_id, part, key, previous)
          SELECT NEW.tenant_id, NEW.id, 'event', '', changed_columns(was, now)
           WHERE NOT EXISTS (
             SELECT FROM event_changes c
              WHERE c.tenant_id = NEW.tenant_id AND c.event_id = NEW.id AND c.xid = own_xid AND c.kind = 'created')
          ON CONFLICT (tenant_id, event_id, xid, part, key)
          DO UPDATE SET previous = EXCLUDED.previous || event_previous_rows.previous;
        END IF;
        RETURN NULL;
      END $$`);
  }

  /** The version before works with these functions, too. */
  async down(): Promise<void> {}
}
