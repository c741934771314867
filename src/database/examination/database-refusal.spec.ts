import { describe, expect, test } from '@jest/globals';
import type { DatabaseFacts, UnusableRelations } from './database-facts.js';
import {
  type AddressUse,
  connectionRefusal,
  extensionRefusal,
  migrationRefusal,
  otherDatabaseRefusal,
  refusalOf,
  rightsRefusal,
} from './database-refusal.js';

const SUITABLE: DatabaseFacts = {
  version: 140_000,
  versionName: '14.0',
  encoding: 'UTF8',
  database: 'calendar',
  user: 'ann',
  schema: 'public',
  schemaExists: true,
  mayUseSchema: true,
  mayCreateInSchema: true,
  mayCreateInDatabase: true,
  mayCreateInPublic: true,
  missingExtensions: [],
  unavailableExtensions: [],
  foreignNames: [],
  mayReadMigrations: true,
  migrated: [],
  readOnly: false,
  inRecovery: false,
  readOnlyByDefault: false,
  keepsForeignKeys: true,
};

const MIGRATING: AddressUse = { variable: 'DATABASE_URL', migrates: true, pending: true };

describe('a database', () => {
  test.each<[string, Partial<DatabaseFacts>]>([
    ['of the oldest version', {}],
    [
      'whose schema the service creates',
      { schemaExists: false, mayUseSchema: false, mayCreateInSchema: false },
    ],
    ['whose extension the service creates', { missingExtensions: ['btree_gist'] }],
    ['that is read-only by default', { readOnly: true, readOnlyByDefault: true }],
  ])('%s is accepted', (_, facts) => {
    expect(refusalOf({ ...SUITABLE, ...facts }, MIGRATING)).toBeNull();
  });

  test.each<[string, Partial<DatabaseFacts>, RegExp]>([
    [
      'of an older version',
      { version: 130_023, versionName: '13.23' },
      /^PostgreSQL 13\.23 is too old: .*14/,
    ],
    [
      'of another encoding',
      { encoding: 'SQL_ASCII' },
      /encoding SQL_ASCII.*ENCODING 'UTF8' TEMPLATE template0/,
    ],
    ['without foreign keys', { keepsForeignKeys: false }, /session_replication_role .*reset it/],
    [
      'without the schema, for a user who may not create it',
      { schemaExists: false, mayCreateInDatabase: false },
      /CREATE SCHEMA "public" AUTHORIZATION "ann"/,
    ],
    [
      'whose schema the user may not use',
      { mayUseSchema: false },
      /GRANT USAGE, CREATE ON SCHEMA "public" TO "ann"/,
    ],
    [
      'with tables of others',
      { foreignNames: ['events', 'users'] },
      /has events, users of another.*DATABASE_SCHEMA/,
    ],
    [
      'where the user may not create tables',
      { mayCreateInSchema: false },
      /GRANT CREATE ON SCHEMA "public" TO "ann"/,
    ],
    [
      'of a server without the extension',
      { missingExtensions: ['btree_gist', 'pg_trgm'], unavailableExtensions: ['pg_trgm'] },
      /extension pg_trgm: install .*postgresql-contrib/,
    ],
    ['of a read-only server', { readOnly: true }, /read-only .*: name the primary/],
    [
      'of a standby that is read-only by default too',
      { readOnly: true, inRecovery: true, readOnlyByDefault: true },
      /read-only .*: name the primary/,
    ],
  ])('%s is refused in one sentence', (_, facts, sentence) => {
    const refusal = refusalOf({ ...SUITABLE, ...facts }, MIGRATING);
    expect(refusal).toMatch(sentence);
    expect(refusal).toMatch(/^[^\n]+[^.\n]\.$/);
  });

  test.each<[string, Partial<DatabaseFacts>]>([
    ['the right to create tables', { mayCreateInSchema: false }],
    ['a server that takes writes', { readOnly: true }],
  ])('needs %s for migrations alone', (_, facts) => {
    expect(refusalOf({ ...SUITABLE, ...facts }, { ...MIGRATING, pending: false })).toBeNull();
  });
});

test('a refusal names the variable and the rights that its address is for', () => {
  const using: AddressUse = { variable: 'DATABASE_URL', migrates: false, pending: false };
  expect(refusalOf({ ...SUITABLE, mayUseSchema: false }, using)).toBe(
    'The user "ann" may not use the schema "public": run GRANT USAGE ON SCHEMA "public" TO "ann".',
  );
  const direct: AddressUse = { ...MIGRATING, variable: 'DATABASE_DIRECT_URL' };
  expect(refusalOf({ ...SUITABLE, readOnly: true }, direct)).toMatch(
    /name the primary in DATABASE_DIRECT_URL/,
  );
  expect(refusalOf({ ...SUITABLE, mayReadMigrations: false }, using)).toMatch(
    /may not read and write migrations .*GRANT SELECT.* TO "ann"\.$/,
  );
  expect(otherDatabaseRefusal(SUITABLE)).toMatch(/DATABASE_DIRECT_URL, which names another database/);
});

test.each<[string, Partial<UnusableRelations>, string | null]>([
  ['nothing', {}, null],
  [
    'tables',
    { tables: ['events', 'users'] },
    'The user "ann" may not read and write events, users in the schema "public": run ' +
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "ann".',
  ],
  [
    'a sequence',
    { sequences: ['invite_ids'] },
    'The user "ann" may not use invite_ids in the schema "public": run ' +
      'GRANT USAGE ON SEQUENCE "public"."invite_ids" TO "ann".',
  ],
  [
    'both',
    { tables: ['events'], sequences: ['invite_ids'] },
    'The user "ann" may not read and write events, invite_ids in the schema "public": run ' +
      'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA "public" TO "ann" and ' +
      'GRANT USAGE ON SEQUENCE "public"."invite_ids" TO "ann".',
  ],
  [
    'a table that is gone',
    { missing: ['events'] },
    'The schema "public" lacks events, although its migrations have run: restore it from a backup, or set ' +
      'DATABASE_SCHEMA to a new schema.',
  ],
])('a user who lacks %s', (_, lacks, sentence) => {
  expect(rightsRefusal(SUITABLE, { missing: [], tables: [], sequences: [], ...lacks })).toBe(sentence);
});

test('only a missing right is told as one', () => {
  expect(
    extensionRefusal(SUITABLE, 'btree_gist', failure('permission denied to create extension', '42501')),
  ).toMatch(/^The user "ann" may not create/);
  expect(
    extensionRefusal(SUITABLE, 'btree_gist', failure('could not open extension control file', '58P01')),
  ).toMatch(/^The server does not create the extension btree_gist \(could not open extension control file\)/);
});

test('names a missing password, for each way in which the server asks for one', () => {
  const sentence =
    'DATABASE_URL has no password, and PostgreSQL asks for one: write it as postgres://user:password@host:5432/database.';
  for (const error of [
    failure('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
    failure('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a non-empty string'),
    failure('password authentication failed for user "ann"', '28P01'),
  ])
    expect(connectionRefusal('DATABASE_URL', error, false)).toBe(sentence);
});

test('a fault of a certificate names its side', () => {
  const other = Object.assign(failure('Hostname does not match', 'ERR_TLS_CERT_ALTNAME_INVALID'), {
    host: 'db.example.com',
    cert: { subjectaltname: 'DNS:localhost, IP Address:10.0.0.1' },
  });
  expect(connectionRefusal('DATABASE_URL', other)).toMatch(
    /^The certificate of the server of DATABASE_URL is for localhost, 10\.0\.0\.1, and the host of DATABASE_URL is db\.example\.com: /,
  );
  const refused = failure('tlsv1 alert unknown ca', 'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA');
  expect(connectionRefusal('DATABASE_URL', refused)).toMatch(
    /^The server of DATABASE_URL does not accept the certificate of the client/,
  );
});

function failure(message: string, code?: string): Error {
  return Object.assign(new Error(message), { code });
}

test.each<[Error, RegExp]>([
  [failure('password authentication failed for user "ann"', '28P01'), /check the user, the password/],
  [failure('no pg_hba.conf entry for host "10.0.0.1", no encryption', '28000'), /sslmode/],
  [failure('database "calendar" does not exist', '3D000'), /CREATE DATABASE/],
  [failure('permission denied for database "calendar"', '42501'), /GRANT CONNECT/],
  [failure('unsupported startup parameter: options', '08P01'), /DATABASE_POOLER=transaction/],
  [failure('The server does not support SSL connections'), /sslmode=disable/],
  [failure('self-signed certificate', 'DEPTH_ZERO_SELF_SIGNED_CERT'), /sslrootcert.*sslmode=require/],
  [failure('unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'), /sslrootcert/],
])('the refusal of a connection (%s) names the remedy', (error, remedy) => {
  const sentence = connectionRefusal('DATABASE_URL', error);
  expect(sentence).toMatch(remedy);
  expect(sentence).toContain('DATABASE_URL');
});

test('a migration that another application or a missing right stops is refused, and no other', () => {
  expect(migrationRefusal('public', failure('must be owner of table users', '42501'))).toMatch(/OWNER TO/);
  expect(migrationRefusal('public', failure('relation "rooms" already exists', '42P07'))).toMatch(
    /DATABASE_SCHEMA/,
  );
  expect(migrationRefusal('public', failure('division by zero', '22012'))).toBeNull();
});
