import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A constraint or an index of a table, by name. `before` is what the migration replaces; null: nothing. */
interface Key {
  readonly table: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string;
}

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

const primaryKey = (table: string, columns: string): Key => ({
  table,
  name: `${table}_pkey`,
  before: `PRIMARY KEY (${columns})`,
  after: `PRIMARY KEY (tenant_id, ${columns})`,
});

const unique = (table: string, name: string, columns: string): Key => ({
  table,
  name,
  before: `UNIQUE (${columns})`,
  after: `UNIQUE (tenant_id, ${columns})`,
});

const foreignKey = (
  table: string,
  name: string,
  columns: string,
  parent: string,
  referenced: string,
  action = '',
): Key => ({
  table,
  name,
  before: `FOREIGN KEY (${columns}) REFERENCES ${parent} (${referenced}) ${action}`,
  after: `FOREIGN KEY (tenant_id, ${columns}) REFERENCES ${parent} (tenant_id, ${referenced}) ${action}`,
});

const KEYS: readonly Key[] = [
  primaryKey('users', 'id'),
  primaryKey('events', 'id'),
  unique('events', 'events_id_span_key', 'id, span'),
  primaryKey('attendees', 'event_id, user_id'),
  unique('attendees', 'attendees_invite_id_key', 'invite_id'),
  primaryKey('occurrence_overrides', 'event_id, original_start'),
  primaryKey('occurrence_answers', 'event_id, user_id, original_start'),
  primaryKey('remembered_declines', 'event_id, user_id, original_start'),
  primaryKey('event_reminders', 'event_id, user_id'),
  primaryKey('pending_reminders', 'event_id, user_id, minutes_before, method'),
  primaryKey('reminder_deliveries', 'event_id, original_start, user_id, minutes_before, method, due_at'),
  primaryKey('refresh_tokens', 'hash'),
  primaryKey('external_identities', 'issuer, subject'),
  unique('external_identities', 'external_identities_user_id_key', 'user_id, issuer'),
  primaryKey('mailed_tokens', 'user_id, purpose'),
  primaryKey('login_attempts', 'subject'),
  primaryKey('idempotency_keys', 'caller, operation, key'),
];

const CASCADE = 'ON DELETE CASCADE';

const FOREIGN_KEYS: readonly Key[] = [
  {
    table: 'users',
    name: 'users_tenant_id_fkey',
    before: null,
    after: 'FOREIGN KEY (tenant_id) REFERENCES tenants (id)',
  },
  foreignKey('events', 'events_organizer_id_fkey', 'organizer_id', 'users', 'id'),
  foreignKey(
    'attendees',
    'attendees_event_id_span_fkey',
    'event_id, span',
    'events',
    'id, span',
    'ON DELETE CASCADE ON UPDATE CASCADE',
  ),
  foreignKey('attendees', 'attendees_user_id_fkey', 'user_id', 'users', 'id'),
  foreignKey(
    'occurrence_overrides',
    'occurrence_overrides_event_id_fkey',
    'event_id',
    'events',
    'id',
    CASCADE,
  ),
  ...['occurrence_answers', 'event_reminders', 'pending_reminders'].map((table) =>
    foreignKey(
      table,
      `${table}_attendee_fkey`,
      'event_id, user_id',
      'attendees',
      'event_id, user_id',
      CASCADE,
    ),
  ),
  foreignKey('remembered_declines', 'remembered_declines_event_id_fkey', 'event_id', 'events', 'id', CASCADE),
  ...['remembered_declines', 'refresh_tokens', 'external_identities', 'mailed_tokens'].map((table) =>
    foreignKey(table, `${table}_user_id_fkey`, 'user_id', 'users', 'id', CASCADE),
  ),
];

/** The indexes that get the tenant as their first column. */
const INDEXES: readonly Key[] = [
  ['users', 'users_email_key', 'UNIQUE', '', 'normalised_email', ''],
  ['events', 'events_organizer_id_idx', '', '', 'organizer_id', ''],
  ['attendees', 'attendees_organizer_key', 'UNIQUE', '', 'event_id', `WHERE status = 'organizer'`],
  ['attendees', 'attendees_user_id_span_idx', '', 'USING gist', 'user_id, span', ''],
  [
    'attendees',
    'attendees_taking_part_idx',
    '',
    '',
    'user_id, event_id',
    `WHERE status IN ('organizer', 'accepted')`,
  ],
  ['pending_reminders', 'pending_reminders_user_id_idx', '', '', 'user_id', ''],
  ['refresh_tokens', 'refresh_tokens_family_idx', '', '', 'family', ''],
  ['refresh_tokens', 'refresh_tokens_user_id_idx', '', '', 'user_id', ''],
].map(([table, name, kind, method, columns, where]) => ({
  table,
  name,
  before: `CREATE ${kind} INDEX ${name} ON ${table} ${method} (${columns}) ${where}`,
  after: `CREATE ${kind} INDEX ${name} ON ${table} ${method} (tenant_id, ${columns}) ${where}`,
}));

/** Indexes by which the workers take the due rows of one tenant. */
const INDEXES_OF_WORKERS = {
  pending_reminders_tenant_id_due_at_idx: 'pending_reminders (tenant_id, due_at)',
  reminder_deliveries_tenant_id_next_attempt_at_idx: `reminder_deliveries (tenant_id, next_attempt_at) WHERE status = 'queued'`,
};

/**
 * Unique indexes for the statements of the version before, which name no tenant: its look-ups by id, and its
 * `ON CONFLICT`. The next version drops them together with the defaults of `tenant_id`.
 */
const INDEXES_OF_VERSION_BEFORE = {
  users: 'id',
  events: 'id',
  attendees: 'event_id, user_id',
  occurrence_overrides: 'event_id, original_start',
  occurrence_answers: 'event_id, user_id, original_start',
  remembered_declines: 'event_id, user_id, original_start',
  event_reminders: 'event_id, user_id',
  pending_reminders: 'event_id, user_id, minutes_before, method',
  refresh_tokens: 'hash',
  external_identities: 'issuer, subject',
  mailed_tokens: 'user_id, purpose',
  login_attempts: 'subject',
  idempotency_keys: 'caller, operation, key',
};

/**
 * Gives each row its tenant. The rows that exist, and those that the version before adds, belong to the default tenant.
 */
export class AddTenantIds1764211000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE tenants ADD COLUMN deleted_at timestamptz(3)`);
    for (const table of TABLES)
      await runner.query(`ALTER TABLE ${table} ADD COLUMN tenant_id integer NOT NULL DEFAULT 1`);
    for (const { table, name, before } of FOREIGN_KEYS.toReversed())
      if (before !== null) await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { table, name, after } of KEYS)
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${after}`);
    for (const { name, after } of INDEXES) {
      await runner.query(`DROP INDEX ${name}`);
      await runner.query(after);
    }
    for (const [name, columns] of Object.entries(INDEXES_OF_WORKERS))
      await runner.query(`CREATE INDEX ${name} ON ${columns}`);
    for (const { table, name, after } of FOREIGN_KEYS)
      await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${after}`);
    for (const [table, columns] of Object.entries(INDEXES_OF_VERSION_BEFORE))
      await runner.query(`CREATE UNIQUE INDEX ${table}_before_tenants_key ON ${table} (${columns})`);
    await runner.query(`CREATE UNIQUE INDEX attendees_invite_id_before_tenants_key ON attendees (invite_id)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(INDEXES_OF_VERSION_BEFORE))
      await runner.query(`DROP INDEX ${table}_before_tenants_key`);
    await runner.query(`DROP INDEX attendees_invite_id_before_tenants_key`);
    for (const name of Object.keys(INDEXES_OF_WORKERS)) await runner.query(`DROP INDEX ${name}`);
    for (const { table, name } of FOREIGN_KEYS.toReversed())
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}`);
    for (const { name, before } of INDEXES) {
      await runner.query(`DROP INDEX ${name}`);
      if (before !== null) await runner.query(before);
    }
    for (const { table, name, before } of KEYS)
      await runner.query(`ALTER TABLE ${table} DROP CONSTRAINT ${name}, ADD CONSTRAINT ${name} ${before}`);
    for (const { table, name, before } of FOREIGN_KEYS)
      if (before !== null) await runner.query(`ALTER TABLE ${table} ADD CONSTRAINT ${name} ${before}`);
    for (const table of TABLES.toReversed()) await runner.query(`ALTER TABLE ${table} DROP COLUMN tenant_id`);
    await runner.query(`ALTER TABLE tenants DROP COLUMN deleted_at`);
  }
}
