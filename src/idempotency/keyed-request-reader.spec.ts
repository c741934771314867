import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../access/actor.js';
import { SigningKeys } from '../platform/secrets/signing-keys.js';
import { KeyedRequestReader } from './keyed-request-reader.js';
import type { KeyedRequest } from './model/keyed-request.js';

const SECRET = 'the secret of this installation, of 32 bytes at least';
const OLD_SECRET = 'the secret of the installation before, of 32 bytes at least';
const ANN: Actor = { kind: 'user', tenantId: 1, userId: 1 };

interface Differences {
  readonly key?: unknown;
  readonly url?: string;
  readonly body?: unknown;
  readonly actor?: Actor;
}

function read(
  { key = 'a', url = '/events', body = { title: 'Review' }, actor = ANN }: Differences,
  secrets = [SECRET],
): KeyedRequest {
  const headers = { 'idempotency-key': key } as Record<string, string>;
  const reader = new KeyedRequestReader(new SigningKeys(secrets));
  return reader.read({ method: 'POST', url, headers, body, actor }) as KeyedRequest;
}

test('a request without the header has no key', () => {
  const reader = new KeyedRequestReader(new SigningKeys([SECRET]));
  expect(reader.read({ method: 'POST', url: '/events', headers: {}, body: {}, actor: ANN })).toBeNull();
});

test.each([
  ['an empty key', ''],
  ['a space', 'a b'],
  ['another letter', 'é'],
  ['two', ['a', 'b']],
])('%s is refused', (_, key) =>
  expect(() => read({ key })).toThrow('Idempotency-Key: must have 1 to 255 characters'),
);

test('a key has at most 255 characters', () => {
  expect(read({ key: 'a'.repeat(255) }).key).toHaveLength(255);
  expect(() => read({ key: 'a'.repeat(256) })).toThrow('Idempotency-Key');
});

describe('the request of a user', () => {
  test('has the key of the client, and belongs to the user and the operation', () => {
    const { caller, operation, key } = read({ url: '/events?pretty=true' });
    expect([caller, operation, key]).toEqual(['user 1', 'POST /events', 'a']);
  });

  test.each<[string, Differences, boolean]>([
    ['the same request', {}, true],
    ['another presentation of the response', { url: '/events?pretty=true&max_attendees=5' }, true],
    ['another query', { url: '/events?dry_run=true' }, false],
    ['another body', { body: { title: 'Planning' } }, false],
  ])('has the fingerprint of %s: %p', (_, differences, expected) => {
    expect(read(differences).fingerprints.includes(read({}).fingerprint)).toBe(expected);
  });
});

describe('a request without a token', () => {
  const anonymous = { actor: ANONYMOUS };

  test.each<[string, Differences, boolean]>([
    ['the same request', {}, true],
    ['another presentation of the response', { url: '/events?pretty=true' }, true],
    ['another body', { body: { title: 'Planning' } }, false],
    ['another key of the client', { key: 'b' }, false],
    ['another path', { url: '/users' }, false],
  ])('has the key of %s: %p', (_, differences, expected) => {
    expect(read({ ...anonymous, ...differences }).key === read(anonymous).key).toBe(expected);
  });

  test('never has the key of the client itself', () => {
    expect(read(anonymous).key).not.toBe('a');
  });
});

test.each([
  ['a user', ANN],
  ['a caller without a token', ANONYMOUS],
])('a request of %s is recognised after the secret was replaced', (_, actor) => {
  const before = read({ actor }, [OLD_SECRET]);
  const after = read({ actor }, [SECRET, OLD_SECRET]);
  expect(after.fingerprint).not.toBe(before.fingerprint);
  expect(after.fingerprints).toContain(before.fingerprint);
  expect([after.key, ...after.otherKeys]).toContain(before.key);
});
