import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The calendars elsewhere that the service fetches for its users, each into a calendar that is read-only. */
export class CreateCalendarSubscriptions1764252000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calendar_subscriptions (
        tenant_id integer NOT NULL,
        id integer GENERATED ALWAYS AS IDENTITY,
        user_id integer NOT NULL,
        calendar_id integer NOT NULL,
        url text NOT NULL,
        etag text,
        last_modified text,
        content_digest text,
        refresh_interval integer,
        last_attempt_at timestamptz(3),
        last_success_at timestamptz(3),
        failing_since timestamptz(3),
        failures integer NOT NULL DEFAULT 0,
        last_error_code text,
        last_error text,
        next_fetch_at timestamptz(3) NOT NULL,
        leased_until timestamptz(3),
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT calendar_subscriptions_pkey PRIMARY KEY (tenant_id, id),
        CONSTRAINT calendar_subscriptions_user_id_fkey FOREIGN KEY (tenant_id, user_id)
          REFERENCES users (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT calendar_subscriptions_calendar_id_fkey FOREIGN KEY (tenant_id, calendar_id)
          REFERENCES calendars (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT calendar_subscriptions_calendar_id_key UNIQUE (tenant_id, calendar_id),
        CONSTRAINT calendar_subscriptions_failure CHECK (
          (last_error IS NULL) = (last_error_code IS NULL) AND (last_error IS NULL) = (failing_since IS NULL))
      )`);
    await runner.query(
      'CREATE INDEX calendar_subscriptions_user_id_idx ON calendar_subscriptions (tenant_id, user_id)',
    );
    await runner.query(
      'CREATE INDEX calendar_subscriptions_next_fetch_at_idx ON calendar_subscriptions (next_fetch_at)',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE calendar_subscriptions');
  }
}
