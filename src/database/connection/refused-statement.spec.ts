import { expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isRefusedStatement } from './refused-statement.js';

test.each<[string, string, boolean]>([
  ['a text that PostgreSQL cannot store', '22P05', true],
  ['a violated key', '23503', true],
  ['a deadlock', '40P01', true],
  ['a lost connection', '08006', false],
  ['a cancelled statement', '57014', false],
  ['a lock that was not available', '55P03', false],
  ['a reset by the network', 'ECONNRESET', false],
])('%s', (_, code, isRefused) => {
  const error = Object.assign(new Error('no'), { code });
  expect(isRefusedStatement(error)).toBe(isRefused);
  expect(isRefusedStatement(new QueryFailedError('SELECT', [], error))).toBe(isRefused);
});
