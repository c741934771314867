/** A primary key or a unique constraint. */
interface UniqueKey {
  readonly table: string;
  readonly name: string;
  readonly kind: 'PRIMARY KEY' | 'UNIQUE';
  /** After the tenant. */
  readonly columns: string;
}

/** `before` is what the migration replaces; null: nothing. */
interface ForeignKey {
  readonly table: string;
  readonly name: string;
  readonly before: string | null;
  readonly after: string;
}

interface ReplacedIndex {
  readonly name: string;
  readonly kind: string;
  readonly before: string;
  readonly after: string;
}

/** The name of an index until it takes the place, and the name, of the one without the tenant. */
export function nameUntilUsed(name: string): string {
  return `${name}_of_tenants`;
}

const primaryKey = (table: string, columns: string): UniqueKey => ({
  table,
  name: `${table}_pkey`,
  kind: 'PRIMARY KEY',
  columns,
});

const unique = (table: string, name: string, columns: string): UniqueKey => ({
  table,
  name,
  kind: 'UNIQUE',
  columns,
});

const foreignKey = (
  table: string,
  name: string,
  columns: string,
  parent: string,
  referenced: string,
  action = '',
): ForeignKey => ({
  table,
  name,
  before: `FOREIGN KEY (${columns}) REFERENCES ${parent} (${referenced}) ${action}`,
  after: `FOREIGN KEY (tenant_id, ${columns}) REFERENCES ${parent} (tenant_id, ${referenced}) ${action}`,
});

/** The primary keys and unique constraints that get the tenant as their first column. */
export const KEYS: readonly UniqueKey[] = [
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

export const FOREIGN_KEYS: readonly ForeignKey[] = [
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
export const INDEXES: readonly ReplacedIndex[] = [
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
  name: name ?? '',
  kind: `${kind} INDEX`,
  before: `${table} ${method} (${columns}) ${where}`,
  after: `${table} ${method} (tenant_id, ${columns}) ${where}`,
}));

/** Indexes by which the workers take the due rows of one tenant. */
export const INDEXES_OF_WORKERS = {
  pending_reminders_tenant_id_due_at_idx: 'pending_reminders (tenant_id, due_at)',
  reminder_deliveries_tenant_id_next_attempt_at_idx: `reminder_deliveries (tenant_id, next_attempt_at) WHERE status = 'queued'`,
};

/**
 * Unique indexes for the statements of the version before, which name no tenant: its look-ups by id, and its
 * `ON CONFLICT`. The next version drops them together with the defaults of `tenant_id`.
 */
export const INDEXES_OF_VERSION_BEFORE: Readonly<Record<string, string>> = {
  users_before_tenants_key: 'users (id)',
  events_before_tenants_key: 'events (id)',
  attendees_before_tenants_key: 'attendees (event_id, user_id)',
  occurrence_overrides_before_tenants_key: 'occurrence_overrides (event_id, original_start)',
  occurrence_answers_before_tenants_key: 'occurrence_answers (event_id, user_id, original_start)',
  remembered_declines_before_tenants_key: 'remembered_declines (event_id, user_id, original_start)',
  event_reminders_before_tenants_key: 'event_reminders (event_id, user_id)',
  pending_reminders_before_tenants_key: 'pending_reminders (event_id, user_id, minutes_before, method)',
  refresh_tokens_before_tenants_key: 'refresh_tokens (hash)',
  external_identities_before_tenants_key: 'external_identities (issuer, subject)',
  mailed_tokens_before_tenants_key: 'mailed_tokens (user_id, purpose)',
  login_attempts_before_tenants_key: 'login_attempts (subject)',
  idempotency_keys_before_tenants_key: 'idempotency_keys (caller, operation, key)',
  attendees_invite_id_before_tenants_key: 'attendees (invite_id)',
};
