import { describe, expect, test } from '@jest/globals';
import type { DatabaseFacts } from './database-facts.js';
import { connectionRefusal, migrationRefusal, refusalOf } from './database-refusal.js';

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
  extensionInstalled: true,
  extensionAvailable: true,
  foreignNames: [],
  migrated: [],
  readOnly: false,
  inRecovery: false,
  readOnlyByDefault: false,
  keepsForeignKeys: true,
};

describe('a database', () => {
  test.each<[string, Partial<DatabaseFacts>]>([
    ['of the oldest version', {}],
    [
      'whose schema the service creates',
      { schemaExists: false, mayUseSchema: false, mayCreateInSchema: false },
    ],
    ['whose extension the service creates', { extensionInstalled: false }],
    ['that is read-only by default', { readOnly: true, readOnlyByDefault: true }],
  ])('%s is accepted', (_, facts) => {
    expect(refusalOf({ ...SUITABLE, ...facts }, true)).toBeNull();
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
      { extensionInstalled: false, extensionAvailable: false },
      /btree_gist: install .*postgresql-contrib/,
    ],
    ['of a read-only server', { readOnly: true }, /read-only .*: name the primary/],
    [
      'of a standby that is read-only by default too',
      { readOnly: true, inRecovery: true, readOnlyByDefault: true },
      /read-only .*: name the primary/,
    ],
  ])('%s is refused in one sentence', (_, facts, sentence) => {
    const refusal = refusalOf({ ...SUITABLE, ...facts }, true);
    expect(refusal).toMatch(sentence);
    expect(refusal).toMatch(/^[^\n]+[^.\n]\.$/);
  });

  test.each<[string, Partial<DatabaseFacts>]>([
    ['the right to create tables', { mayCreateInSchema: false }],
    ['a server that takes writes', { readOnly: true }],
  ])('needs %s for migrations alone', (_, facts) => {
    expect(refusalOf({ ...SUITABLE, ...facts }, false)).toBeNull();
  });
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
