import { createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { hasHash, hashOfApiKey, isApiKeyText, newApiKeyText, prefixOf } from './api-key-text.js';

const KEY = 'cal_k3v9x0q2ma_2ZQhPq0zqv7cX0m9aKp1Qb6eG3rVtYw8sUdNfLhJxCo';

describe('a new key', () => {
  test('has a prefix and 256 random bits', () => {
    const [start, prefix, ...secret] = newApiKeyText().split('_');
    expect([start, prefix?.length]).toEqual(['cal', 10]);
    expect(Buffer.from(secret.join('_'), 'base64url')).toHaveLength(32);
  });

  test('differs from every other one', () => {
    expect(new Set(Array.from({ length: 100 }, newApiKeyText)).size).toBe(100);
  });
});

describe('the prefix', () => {
  test('of a key of the service stands in it', () => {
    expect(prefixOf(KEY)).toBe('k3v9x0q2ma');
  });

  test.each([
    'cal_a-key-that-an-operator-has-chosen-0123456789',
    'cal_short_2ZQhPq0zqv7cX0m9aKp1Qb6eG3rVtYw8sUdNfLhJxCo',
    `${KEY}=`,
  ])('of another key reveals none of its characters: %s', (key) => {
    expect(prefixOf(key)).toBe(createHash('sha256').update(key).digest('hex').slice(0, 10));
  });
});

test.each([
  [KEY, true],
  ['cal_', true],
  ['eyJhbGciOiJIUzI1NiJ9.e30.c2ln', false],
  ['CAL_k3v9x0q2ma', false],
])('the token %s is meant as a key: %s', (token, expected) => {
  expect(isApiKeyText(token)).toBe(expected);
});

test.each([
  ['the same key', KEY, true],
  ['a key that is longer', `${KEY}a`, false],
  ['an empty text', '', false],
])('the hash of a key is that of %s: %s', (_, other, expected) => {
  expect(hasHash(other, hashOfApiKey(KEY))).toBe(expected);
});
