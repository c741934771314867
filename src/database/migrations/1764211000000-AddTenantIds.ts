import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every table of a tenant's data, parents first. */
const TABLES = [
  'users',
  'events',
  'attendees',
  'occurrence_overrides',
  'occurrence_answers',
  'remembered_declines',
  'event_reminders',
  'pending_reminders',
  'reminder_deliveries',
  'refresh_tokens',
  'external_identities',
  'mailed_tokens',
  'login_attempts',
  'idempotency_keys',
];

/**
 * Gives each row its tenant. The rows that exist, and those that the version before adds, belong to the default tenant.
 * The next migrations change the keys, in steps that stop no request for long.
 */
export class AddTenantIds1764211000000 implements MigrationInterface {
  /** The migration holds the lock of one table at a time, so that it never waits for a request that waits for it. */
  readonly concurrent = true;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tenants ADD COLUMN deleted_at timestamptz(3)`);
    for (const table of TABLES)
      await runner.query(
        `ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS tenant_id integer NOT NULL DEFAULT 1`,
      );
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.query(`ALTER TABLE ${table} DROP COLUMN tenant_id`);
    await runner.query(`ALTER TABLE tenants DROP COLUMN deleted_at`);
  }
}
