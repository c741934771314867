import { expect, test } from '@jest/globals';
import { MAX_ID } from '../../platform/values/max-id.js';
import { tenantOfToken, tokenOfTenant } from './tenant-token.js';

const RANDOM = 'jPR5nTqVcNmR6J1qyLJ0tVxvF1U4vPjXy2XHnqXg5cE';

test.each([
  ['the default tenant', 1, RANDOM],
  ['another tenant', 2, `2.${RANDOM}`],
  ['the last tenant', MAX_ID, `${MAX_ID}.${RANDOM}`],
])('a token of %s names it', (_, tenantId, expected) => {
  const token = tokenOfTenant(tenantId, RANDOM);
  expect([token, tenantOfToken(token)]).toEqual([expected, tenantId]);
});

test.each([
  ['digits alone', '2', 1],
  ['several parts', `2.7.${RANDOM}`, 2],
  ['no text before the dot', `.${RANDOM}`, 1],
  ['zero', `0.${RANDOM}`, 1],
  ['a leading zero', `02.${RANDOM}`, 1],
  ['a negative number', `-2.${RANDOM}`, 1],
  ['a digit of another script', `٢.${RANDOM}`, 1],
  ['a number beyond the ids', `${MAX_ID + 1}.${RANDOM}`, 1],
  ['many digits', `${'9'.repeat(100)}.${RANDOM}`, 1],
  ['a name', `two.${RANDOM}`, 1],
  ['no text', '', 1],
])('a token with %s names the tenant', (_, token, expected) => {
  expect(tenantOfToken(token)).toBe(expected);
});
