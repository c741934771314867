import { describe, expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { databaseProblem } from './database-problem.js';
import { problem } from './problem.js';

describe('problem details', () => {
  test('have the name of the status, and the fields only if there are some', () => {
    expect(problem(404, 'event_not_found', 'No event 7.', '/events/7')).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'No event 7.',
      instance: '/events/7',
      code: 'event_not_found',
    });
    const errors = [{ field: 'name', message: 'is required' }];
    expect(problem(400, 'invalid_input', 'name: is required', '/users', errors)).toMatchObject({ errors });
  });

  test.each([
    ['23505', 409, 'already_exists'],
    ['22003', 400, 'invalid_input'],
    ['22P05', 400, 'invalid_input'],
    ['08006', 503, 'database_unavailable'],
    ['53300', 503, 'database_unavailable'],
    ['57014', 503, 'database_unavailable'],
    ['55P03', 503, 'database_unavailable'],
    ['25P03', 503, 'database_unavailable'],
    ['40001', 503, 'database_unavailable'],
    ['ECONNREFUSED', 503, 'database_unavailable'],
    ['25006', 503, 'database_read_only'],
  ])('of the error %s of PostgreSQL are %d %s', (code, status, expected) => {
    const error = Object.assign(new Error('of PostgreSQL'), { code });
    const wrapped = new QueryFailedError('SELECT 1', [], error);
    expect(databaseProblem(error, '/')).toMatchObject({ status, code: expected });
    expect(databaseProblem(wrapped, '/')).toMatchObject({ status, code: expected });
  });

  test.each(['42601', '23502', 'ERR_INVALID_ARG', undefined])('of the error %s are none', (code) => {
    expect(databaseProblem(Object.assign(new Error('a fault of the service'), { code }), '/')).toBeNull();
  });
});
