import type { MigrationInterface, QueryRunner } from 'typeorm';

const CIVIL_TIME = String.raw`'^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$'`;

/** Which reminders each user wants, the next one of each that is to fire, and those that have fired. */
export class CreateReminders1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE users ADD COLUMN default_reminders jsonb NOT NULL DEFAULT '[]'`);
    await runner.query(`
      CREATE TABLE event_reminders (
        event_id integer NOT NULL,
        user_id integer NOT NULL,
        reminders jsonb NOT NULL,
        CONSTRAINT event_reminders_pkey PRIMARY KEY (event_id, user_id),
        CONSTRAINT event_reminders_attendee_fkey FOREIGN KEY (event_id, user_id)
          REFERENCES attendees (event_id, user_id) ON DELETE CASCADE
      )`);
    await runner.query(`
      CREATE TABLE pending_reminders (
        event_id integer NOT NULL,
        user_id integer NOT NULL,
        minutes_before integer NOT NULL,
        method text NOT NULL,
        url text,
        original_start text NOT NULL,
        start_at timestamptz NOT NULL,
        end_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        CONSTRAINT pending_reminders_pkey PRIMARY KEY (event_id, user_id, minutes_before, method),
        CONSTRAINT pending_reminders_attendee_fkey FOREIGN KEY (event_id, user_id)
          REFERENCES attendees (event_id, user_id) ON DELETE CASCADE,
        CONSTRAINT pending_reminders_method CHECK (method IN ('log', 'email', 'webhook')),
        CONSTRAINT pending_reminders_original_start CHECK (original_start ~ ${CIVIL_TIME})
      )`);
    await runner.query(`CREATE INDEX pending_reminders_due_at_idx ON pending_reminders (due_at)`);
    await runner.query(`CREATE INDEX pending_reminders_user_id_idx ON pending_reminders (user_id)`);
    // No foreign key to events: its lock would wait for a change of the event that waits for the reminder.
    await runner.query(`
      CREATE TABLE reminder_deliveries (
        event_id integer NOT NULL,
        original_start text NOT NULL,
        user_id integer NOT NULL,
        minutes_before integer NOT NULL,
        method text NOT NULL,
        notification_id uuid NOT NULL,
        status text NOT NULL,
        url text,
        due_at timestamptz NOT NULL,
        recorded_at timestamptz(3) NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz(3),
        CONSTRAINT reminder_deliveries_pkey
          PRIMARY KEY (event_id, original_start, user_id, minutes_before, method),
        CONSTRAINT reminder_deliveries_method CHECK (method IN ('log', 'email', 'webhook')),
        CONSTRAINT reminder_deliveries_status CHECK (
          status IN ('queued', 'fired', 'missed', 'failed', 'withdrawn')),
        CONSTRAINT reminder_deliveries_next_attempt_at CHECK (
          (next_attempt_at IS NOT NULL) = (status = 'queued')),
        CONSTRAINT reminder_deliveries_original_start CHECK (original_start ~ ${CIVIL_TIME})
      )`);
    await runner.query(`
      CREATE INDEX reminder_deliveries_next_attempt_at_idx ON reminder_deliveries (next_attempt_at)
       WHERE status = 'queued'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE reminder_deliveries, pending_reminders, event_reminders`);
    await runner.query(`ALTER TABLE users DROP COLUMN default_reminders`);
  }
}
