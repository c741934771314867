import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The subscriptions to webhooks, their deliveries, and the place in the log of changes up to which deliveries exist. */
export class CreateWebhooks1764232000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_subscriptions (
        tenant_id integer NOT NULL,
        id integer GENERATED ALWAYS AS IDENTITY,
        url text NOT NULL,
        types text[] NOT NULL,
        user_id integer,
        calendar_id integer,
        status text NOT NULL DEFAULT 'active',
        disabled_reason text,
        failing_since timestamptz(3),
        secret text NOT NULL,
        previous_secret text,
        previous_secret_ends_at timestamptz(3),
        active_from text NOT NULL,
        last_sequence bigint NOT NULL DEFAULT 0,
        created_by_key_id integer,
        created_at timestamptz(3) NOT NULL,
        updated_at timestamptz(3) NOT NULL,
        CONSTRAINT webhook_subscriptions_pkey PRIMARY KEY (tenant_id, id),
        CONSTRAINT webhook_subscriptions_tenant_id_fkey FOREIGN KEY (tenant_id) REFERENCES tenants (id)
          ON DELETE CASCADE,
        CONSTRAINT webhook_subscriptions_user_id_fkey FOREIGN KEY (tenant_id, user_id)
          REFERENCES users (tenant_id, id) ON DELETE CASCADE,
        CONSTRAINT webhook_subscriptions_calendar_id_fkey FOREIGN KEY (tenant_id, user_id, calendar_id)
          REFERENCES calendars (tenant_id, user_id, id) ON DELETE CASCADE,
        CONSTRAINT webhook_subscriptions_types CHECK (cardinality(types) > 0),
        CONSTRAINT webhook_subscriptions_status CHECK (status IN ('active', 'disabled')),
        CONSTRAINT webhook_subscriptions_disabled_reason CHECK (
          disabled_reason IN ('requested', 'gone', 'failing') AND status = 'disabled'
          OR disabled_reason IS NULL AND status = 'active'),
        CONSTRAINT webhook_subscriptions_calendar_id CHECK (calendar_id IS NULL OR user_id IS NOT NULL),
        CONSTRAINT webhook_subscriptions_previous_secret CHECK (
          (previous_secret IS NULL) = (previous_secret_ends_at IS NULL))
      )`);
    await runner.query(`
      CREATE INDEX webhook_subscriptions_user_id_idx ON webhook_subscriptions (tenant_id, user_id)
       WHERE user_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE webhook_deliveries (
        tenant_id integer NOT NULL,
        subscription_id integer NOT NULL,
        sequence bigint NOT NULL,
        type text NOT NULL,
        event_id integer,
        change_sequence bigint,
        details jsonb,
        created_at timestamptz(3) NOT NULL,
        CONSTRAINT webhook_deliveries_pkey PRIMARY KEY (tenant_id, subscription_id, sequence)
      )`);
    await runner.query(
      'CREATE INDEX webhook_deliveries_created_at_idx ON webhook_deliveries USING brin (created_at)',
    );
    await runner.query(`
      CREATE TABLE webhook_fan_out (
        id smallint NOT NULL DEFAULT 1,
        cursor text,
        CONSTRAINT webhook_fan_out_pkey PRIMARY KEY (id),
        CONSTRAINT webhook_fan_out_one_row CHECK (id = 1)
      )`);
    await runner.query('INSERT INTO webhook_fan_out DEFAULT VALUES');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE webhook_fan_out, webhook_deliveries, webhook_subscriptions');
  }
}
