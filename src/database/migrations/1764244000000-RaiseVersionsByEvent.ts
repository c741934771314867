import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Columns of an event that take no part in the busy time of its attendees. */
const NOT_BUSY = `'{title,description,location,visibility,url,color,categories,conference,external_id,
  metadata,end_time_zone}'::text[]`;

/** SQL: the users whom the transaction concerns. The tenant of each table is that of the change `c`. */
const CONCERNED = `
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
   WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid AND p.part IN ('attendee', 'answer')`;

/**
 * SQL: the same, with a look-up of the rows of each changed event by the key of its table. A session keeps the plan of the first
 * call, and in a new database the planner chose to read all attendees of the tenant, and all previous rows. A subquery with
 * OFFSET is planned by itself.
 */
const CONCERNED_BY_EVENT = `
  SELECT a.user_id
    FROM event_changes c
   CROSS JOIN LATERAL (
         SELECT user_id FROM attendees WHERE tenant_id = c.tenant_id AND event_id = c.event_id OFFSET 0) AS a
   WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid
     AND (c.kind = 'created' OR EXISTS (
       SELECT FROM event_previous_rows p
        WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
          AND (p.part = 'override' OR p.part = 'event' AND p.previous - ${NOT_BUSY} <> '{}')
       OFFSET 0))
  UNION
  SELECT p.user_id
    FROM event_changes c
   CROSS JOIN LATERAL (
         SELECT user_id FROM event_previous_rows
          WHERE tenant_id = c.tenant_id AND event_id = c.event_id AND xid = c.xid AND part IN ('attendee', 'answer')
         OFFSET 0) AS p
   WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid
  UNION
  SELECT e.organizer_id
    FROM event_changes c
   CROSS JOIN LATERAL (
         SELECT organizer_id FROM events
          WHERE tenant_id = c.tenant_id AND id = c.event_id AND EXISTS (
            SELECT FROM event_previous_rows p
             WHERE p.tenant_id = c.tenant_id AND p.event_id = c.event_id AND p.xid = c.xid
               AND p.part IN ('attendee', 'guest') AND p.previous IS NULL
            OFFSET 0)
         OFFSET 0) AS e
   WHERE c.tenant_id = NEW.tenant_id AND c.xid = NEW.xid AND c.kind = 'updated'`;

/**
 * Makes the cost of raising the versions of a change depend on the change alone, and not on the size of the tables. Raises
 * `entries` of the organizer, too, if a change adds attendees or guests, so that the number of invitations that the organizer has
 * sent is no larger while the version is the same.
 */
export class RaiseVersionsByEvent1764244000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await replaceFunction(runner, CONCERNED_BY_EVENT);
  }

  async down(runner: QueryRunner): Promise<void> {
    await replaceFunction(runner, CONCERNED);
  }
}

async function replaceFunction(runner: QueryRunner, concerned: string): Promise<void> {
  await runner.query(`
    CREATE OR REPLACE FUNCTION raise_entries_versions() RETURNS trigger LANGUAGE plpgsql SET enable_seqscan = off AS $$
    DECLARE mark CONSTANT text := NEW.xid || ' ' || NEW.tenant_id;
    BEGIN
      IF current_setting('calendar.raised', true) = mark THEN RETURN NULL; END IF;
      PERFORM set_config('calendar.raised', mark, true);
      INSERT INTO calendar_versions AS v (tenant_id, user_id, entries)
      SELECT NEW.tenant_id, concerned.user_id, 1 FROM (${concerned}) AS concerned
       ORDER BY concerned.user_id
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET entries = v.entries + 1;
      RETURN NULL;
    END $$`);
}
