import { describe, expect, test } from '@jest/globals';
import { GatheredErrors } from '../environment/gathered-errors.js';
import type { Variables } from '../environment/variables.js';
import { MAX_POOL_SIZE, readDatabase } from './database-configuration.js';

function read(env: Variables) {
  const errors = new GatheredErrors();
  const configuration = readDatabase(env, errors);
  errors.throwIfAny();
  return configuration;
}

describe('the configuration of the database', () => {
  test('of no variable is the embedded server', () => {
    expect(read({})).toEqual({
      databaseUrl: null,
      databaseReplicaUrl: null,
      databaseDirectUrl: null,
      databasePooler: 'none',
      databaseSchema: 'public',
      databasePoolSize: 20,
    });
  });

  test.each<[Variables, object]>([
    [{ DATABASE_URL: 'postgres://db/calendar' }, { databaseUrl: 'postgres://db/calendar' }],
    [{ DATABASE_REPLICA_URL: 'postgres://b/c' }, { databaseReplicaUrl: 'postgres://b/c' }],
    [{ DATABASE_DIRECT_URL: 'postgres://b/c' }, { databaseDirectUrl: 'postgres://b/c' }],
    [{ DATABASE_POOLER: 'transaction' }, { databasePooler: 'transaction' }],
    [{ DATABASE_SCHEMA: '_Calendar9' }, { databaseSchema: '_Calendar9' }],
    [{ DATABASE_SCHEMA: 'pgcalendar' }, { databaseSchema: 'pgcalendar' }],
    [{ DATABASE_POOL_SIZE: '1' }, { databasePoolSize: 1 }],
    [{ DATABASE_POOL_SIZE: String(MAX_POOL_SIZE) }, { databasePoolSize: MAX_POOL_SIZE }],
  ])('reads %p', (env, values) => {
    expect(read(env)).toMatchObject(values);
  });

  test.each<[Variables, string]>([
    [{ DATABASE_SCHEMA: '9lives' }, 'DATABASE_SCHEMA must be a name'],
    [{ DATABASE_SCHEMA: 'PG_calendar' }, 'DATABASE_SCHEMA must be a name'],
    [{ DATABASE_SCHEMA: 'information_schema' }, 'DATABASE_SCHEMA must be a name'],
    [{ DATABASE_SCHEMA: 'a-b' }, 'DATABASE_SCHEMA must be a name'],
    [{ DATABASE_POOL_SIZE: '1e2' }, 'DATABASE_POOL_SIZE must be a number from 1 to 1000, not "1e2".'],
    [{ DATABASE_POOL_SIZE: '01' }, 'DATABASE_POOL_SIZE must be a number from 1 to 1000, not "01".'],
    [{ DATABASE_POOLER: 'None' }, 'DATABASE_POOLER must be one of none, transaction, not "None".'],
  ])('refuses %p', (env, message) => {
    expect(() => read(env)).toThrow(message);
  });
});
