import { expect, test } from '@jest/globals';
import { type RefreshDecision, type RefreshTokenRecord, refreshDecision } from './refresh-token.js';

const now = new Date('2022-09-06T12:00:00Z');
const before = new Date(now.getTime() - 1);
const after = new Date(now.getTime() + 1);

const token = { expiresAt: after, generation: 3, usedAt: null, revokedAt: null };

test.each<[string, Partial<RefreshTokenRecord>, number | null, RefreshDecision]>([
  ['a token that is valid', {}, 3, 'exchange'],
  ['a token that expires now', { expiresAt: now }, 3, 'refuse'],
  ['a token that was revoked', { revokedAt: before }, 3, 'refuse'],
  ['a token of an earlier generation', {}, 4, 'refuse'],
  ['a token of a user who is gone', {}, null, 'refuse'],
  ['a token that was used', { usedAt: before }, 3, 'revoke'],
  ['a token that was used, after it has expired', { usedAt: before, expiresAt: before }, 3, 'refuse'],
  ['a token that was used, of an earlier generation', { usedAt: before }, 4, 'refuse'],
])('%s', (_, differences, generation, expected) => {
  expect(refreshDecision({ ...token, ...differences }, generation, now)).toBe(expected);
});
