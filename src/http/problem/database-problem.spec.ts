import { describe, expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { databaseProblem } from './database-problem.js';

function errorOf(code: string): Error {
  return Object.assign(new Error('of PostgreSQL'), { code });
}

describe('an error of PostgreSQL', () => {
  test.each<[string, string, number, string]>([
    ['a unique violation', '23505', 409, 'already_exists'],
    ['a foreign key violation', '23503', 404, 'not_found'],
    ['a number out of range', '22003', 400, 'invalid_input'],
    ['text that cannot be encoded', '22P05', 400, 'invalid_input'],
    ['a read-only transaction', '25006', 503, 'database_read_only'],
    ['a full disk', '53100', 503, 'database_read_only'],
    ['too many connections', '53300', 503, 'database_unavailable'],
    ['a lost connection', '08006', 503, 'database_unavailable'],
    ['a refused connection', 'ECONNREFUSED', 503, 'database_unavailable'],
    ['a cancelled statement', '57014', 503, 'database_unavailable'],
    ['a server that starts', '57P03', 503, 'database_unavailable'],
    ['a lock that was not available', '55P03', 503, 'database_unavailable'],
    ['an idle transaction', '25P03', 503, 'database_unavailable'],
    ['a serialization failure', '40001', 503, 'database_unavailable'],
    ['a deadlock', '40P01', 503, 'database_unavailable'],
  ])('for %s (%s) is a %d %s', (_, sqlState, status, code) => {
    const problem = { status, code, instance: '/events' };
    expect(databaseProblem(errorOf(sqlState), '/events')).toMatchObject(problem);
    const ofTypeOrm = new QueryFailedError('SELECT 1', [], errorOf(sqlState));
    expect(databaseProblem(ofTypeOrm, '/events')).toMatchObject(problem);
  });

  test.each(['42P01', '55006', '25001', 'XX000', 'ERR_INVALID_ARG_TYPE'])(
    '%s is a fault of the service',
    (code) => {
      expect(databaseProblem(errorOf(code), '/')).toBeNull();
    },
  );

  test.each([new Error('of no code'), 'text', null, undefined])('is not %p', (error) => {
    expect(databaseProblem(error, '/')).toBeNull();
  });

  test('keeps its text to itself', () => {
    const problem = databaseProblem(errorOf('23505'), '/');
    expect(JSON.stringify(problem)).not.toContain('of PostgreSQL');
  });
});
