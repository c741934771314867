import { expect, test } from '@jest/globals';
import { QueryFailedError } from 'typeorm';
import { isRefusedContent, isRefusedStatement } from './refused-statement.js';

test.each<[string, string, boolean, boolean]>([
  ['a text that PostgreSQL cannot store', '22P05', true, true],
  ['a violated key', '23503', true, true],
  ['a deadlock', '40P01', true, false],
  ['a lost connection', '08006', false, false],
  ['a cancelled statement', '57014', false, false],
  ['a lock that was not available', '55P03', false, false],
  ['a reset by the network', 'ECONNRESET', false, false],
])('%s', (_, code, isRefused, isOfContent) => {
  const error = Object.assign(new Error('no'), { code });
  for (const one of [error, new QueryFailedError('SELECT', [], error)]) {
    expect(isRefusedStatement(one)).toBe(isRefused);
    expect(isRefusedContent(one)).toBe(isOfContent);
  }
});
