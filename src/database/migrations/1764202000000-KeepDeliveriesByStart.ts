import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lets an occurrence that moved be reminded of again, and remembers since when a reminder is planned. */
export class KeepDeliveriesByStart1764202000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // `due_at` is the start minus `minutes_before`, and the version before writes it too.
    await runner.query(`
      ALTER TABLE reminder_deliveries
        DROP CONSTRAINT reminder_deliveries_pkey,
        ADD CONSTRAINT reminder_deliveries_pkey
          PRIMARY KEY (event_id, original_start, user_id, minutes_before, method, due_at)`);
    // The version before names a delivery without its start. Its lease of a queued delivery would also reach the one
    // that was fired for the start before, and send that again.
    await runner.query(`
      CREATE FUNCTION keep_settled_delivery() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RETURN NULL; END $$`);
    await runner.query(`
      CREATE TRIGGER reminder_deliveries_settled BEFORE UPDATE OF status, attempts, next_attempt_at
        ON reminder_deliveries FOR EACH ROW WHEN (OLD.status <> 'queued')
        EXECUTE FUNCTION keep_settled_delivery()`);
    await runner.query(`
      CREATE INDEX reminder_deliveries_recorded_at_idx ON reminder_deliveries (recorded_at)
       WHERE status <> 'queued'`);
    await runner.query(
      `ALTER TABLE pending_reminders ADD COLUMN due_from timestamptz NOT NULL DEFAULT now()`,
    );
    // Overdue rows, and what came due after them, fire late as before.
    await runner.query(`UPDATE pending_reminders SET due_from = due_at WHERE due_at < due_from`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE pending_reminders DROP COLUMN due_from`);
    await runner.query(`DROP INDEX reminder_deliveries_recorded_at_idx`);
    await runner.query(`DROP TRIGGER reminder_deliveries_settled ON reminder_deliveries`);
    await runner.query(`DROP FUNCTION keep_settled_delivery()`);
    await runner.query(`
      DELETE FROM reminder_deliveries d USING reminder_deliveries later
       WHERE (d.event_id, d.original_start, d.user_id, d.minutes_before, d.method)
           = (later.event_id, later.original_start, later.user_id, later.minutes_before, later.method)
         AND d.due_at < later.due_at`);
    await runner.query(`
      ALTER TABLE reminder_deliveries
        DROP CONSTRAINT reminder_deliveries_pkey,
        ADD CONSTRAINT reminder_deliveries_pkey
          PRIMARY KEY (event_id, original_start, user_id, minutes_before, method)`);
  }
}
