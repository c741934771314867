import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { query } from '../../support/database/data-directory.js';
import { createTestDatabase, type TestDatabase } from '../../support/database/database.js';

/** The tables that belong to no tenant, and their reason. */
const TABLES_OF_NO_TENANT: Readonly<Record<string, string>> = {
  change_epochs: 'the life of the whole database',
  change_marks: 'the life of the whole database',
  installation_ids: 'the identity of the whole installation',
  migrations: 'the state of the schema',
  tenants: 'the tenants themselves',
  webhook_fan_out: 'the place of the service in the log of all tenants',
};

const OF_VERSION_BEFORE = 'the version before names no tenant; the next version drops the index';
const OF_WORKER = 'a worker finds the due or old rows of all tenants';

/** The keys and indexes that do not begin with the tenant, and their reason. */
const KEYS_OVER_TENANTS: Readonly<Record<string, string>> = {
  api_keys_hash_key: 'the key of an operator is one key, of whichever tenant',
  api_keys_prefix_idx: 'a request names its key by the prefix before the service knows the tenant',
  attendees_before_tenants_key: OF_VERSION_BEFORE,
  attendees_invite_id_before_tenants_key: OF_VERSION_BEFORE,
  calendar_feeds_token_hash_key: 'the address of a feed names it before the service knows the tenant',
  calendar_subscriptions_next_fetch_at_idx: OF_WORKER,
  calendars_deleted_at_idx: OF_WORKER,
  event_reminders_before_tenants_key: OF_VERSION_BEFORE,
  event_changes_all_tenants_idx: 'a consumer of the log reads the changes of all tenants in their order',
  events_before_tenants_key: OF_VERSION_BEFORE,
  external_identities_before_tenants_key: OF_VERSION_BEFORE,
  hold_members_expires_at_idx: OF_WORKER,
  holds_expires_at_idx: OF_WORKER,
  idempotency_keys_before_tenants_key: OF_VERSION_BEFORE,
  idempotency_keys_created_at_idx: OF_WORKER,
  login_attempts_before_tenants_key: OF_VERSION_BEFORE,
  login_attempts_resets_at_idx: OF_WORKER,
  mailed_tokens_before_tenants_key: OF_VERSION_BEFORE,
  mailed_tokens_expires_at_idx: OF_WORKER,
  mailed_tokens_mail_due_at_idx: OF_WORKER,
  occurrence_answers_before_tenants_key: OF_VERSION_BEFORE,
  occurrence_overrides_before_tenants_key: OF_VERSION_BEFORE,
  outbox_messages_ended_at_idx: OF_WORKER,
  outbox_messages_lane_idx: OF_WORKER,
  outbox_messages_next_attempt_at_idx: OF_WORKER,
  pending_reminders_before_tenants_key: OF_VERSION_BEFORE,
  pending_reminders_due_at_idx: OF_WORKER,
  refresh_tokens_before_tenants_key: OF_VERSION_BEFORE,
  refresh_tokens_expires_at_idx: OF_WORKER,
  remembered_declines_before_tenants_key: OF_VERSION_BEFORE,
  reminder_deliveries_next_attempt_at_idx: OF_WORKER,
  reminder_deliveries_recorded_at_idx: OF_WORKER,
  users_before_tenants_key: OF_VERSION_BEFORE,
  user_deletions_deleted_at_idx: OF_WORKER,
  users_unicode_domain_idx: OF_WORKER,
  webhook_deliveries_created_at_idx: OF_WORKER,
};

interface Named {
  readonly name: string;
}

/** A table of tenants. */
const TABLES = `SELECT c.oid, c.relname FROM pg_class c
   WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
     AND c.relname NOT IN (${Object.keys(TABLES_OF_NO_TENANT)
       .map((name) => `'${name}'`)
       .join(', ')})`;

describe('the schema', () => {
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => database.drop());

  async function names(sql: string): Promise<string[]> {
    const rows = await query<Named>(database.url, `${sql} ORDER BY name`);
    return rows.map(({ name }) => name);
  }

  test('has no table without the tenant of each row', async () => {
    const found = await names(
      `SELECT t.relname AS name FROM (${TABLES}) t
        WHERE NOT EXISTS (
              SELECT FROM pg_attribute a
               WHERE a.attrelid = t.oid AND a.attname = 'tenant_id' AND a.attnotnull
                 AND a.atttypid = 'integer'::regtype AND NOT a.attisdropped)`,
    );
    expect(found).toEqual([]);
    expect((await names(`SELECT relname AS name FROM (${TABLES}) t`)).length).toBeGreaterThan(14);
  });

  /** Every index, those of primary keys and of unique constraints included. */
  test('has no key and no index that does not begin with the tenant', async () => {
    const found = await names(
      `SELECT i.indexrelid::regclass::text AS name FROM (${TABLES}) t
         JOIN pg_index i ON i.indrelid = t.oid
         LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = i.indkey[0]
        WHERE a.attname IS DISTINCT FROM 'tenant_id'`,
    );
    expect(found).toEqual(Object.keys(KEYS_OVER_TENANTS).toSorted());
  });

  test('has no foreign key that does not begin with the tenant on both sides', async () => {
    const found = await names(
      `SELECT f.conname AS name FROM (${TABLES}) t
         JOIN pg_constraint f ON f.conrelid = t.oid AND f.contype = 'f'
         JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
         JOIN pg_attribute r ON r.attrelid = f.confrelid AND r.attnum = f.confkey[1]
        WHERE a.attname <> 'tenant_id'
           OR r.attname <> CASE f.confrelid WHEN 'tenants'::regclass THEN 'id' ELSE 'tenant_id' END`,
    );
    expect(found).toEqual([]);
  });

  test('ties each row to a tenant that exists', async () => {
    const found = await names(
      `WITH RECURSIVE tied (oid) AS (
          SELECT 'tenants'::regclass::oid
           UNION
          SELECT f.conrelid FROM tied JOIN pg_constraint f ON f.confrelid = tied.oid AND f.contype = 'f')
       SELECT t.relname AS name FROM (${TABLES}) t WHERE t.oid NOT IN (SELECT oid FROM tied)`,
    );
    // These rows outlive what they are about, or are written before the service knows a user.
    expect(found).toEqual([
      'account_protections',
      'change_floors',
      'event_changes',
      'event_previous_rows',
      'grant_changes',
      'idempotency_keys',
      'login_attempts',
      'outbox_messages',
      'reminder_deliveries',
      'webhook_deliveries',
    ]);
  });
});
