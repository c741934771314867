import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Rows that one statement writes, so that its locks are short. */
const BATCH = 1_000;

/** Locked, so that no other transaction deletes the user in the meantime. */
const PRIMARY_CALENDARS = `
  WITH batch AS (SELECT tenant_id, id FROM users WHERE id > $1 ORDER BY id LIMIT ${BATCH} FOR KEY SHARE),
  added AS (
    INSERT INTO calendars (tenant_id, user_id, name, is_primary) SELECT tenant_id, id, 'Calendar', true FROM batch
    ON CONFLICT (tenant_id, user_id) WHERE is_primary DO NOTHING)
  SELECT max(id) AS last FROM batch`;

/**
 * The attendees of the next events. The events are locked before their attendees, as requests lock them, and in the same
 * order.
 */
const ATTENDEES = `
  WITH batch AS (SELECT tenant_id, id FROM events WHERE id > $1 ORDER BY id LIMIT ${BATCH} FOR NO KEY UPDATE),
  changed AS (
    UPDATE attendees a SET calendar_id = c.id FROM batch b, calendars c
     WHERE a.tenant_id = b.tenant_id AND a.event_id = b.id AND a.calendar_id IS NULL
       AND c.tenant_id = a.tenant_id AND c.user_id = a.user_id AND c.is_primary)
  SELECT max(id) AS last FROM batch`;

/** Gives each user a primary calendar, and puts the events of the user into it, while requests read and write events. */
export class FillCalendars1764220001000 implements MigrationInterface {
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [PRIMARY_CALENDARS, ATTENDEES]) await inBatches(runner, statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('UPDATE attendees SET calendar_id = NULL');
    await runner.query('DELETE FROM calendars');
  }
}

async function inBatches(runner: QueryRunner, statement: string): Promise<void> {
  for (let after = 0; ; ) {
    const [batch]: { last: number | null }[] = await runner.query(statement, [after]);
    if (!batch?.last) return;
    after = batch.last;
  }
}
