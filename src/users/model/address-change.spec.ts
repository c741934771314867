import { expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import { type AddressChange, addressChangeOf } from './address-change.js';

const now = new Date('2022-09-06T12:00:00Z');
const verifiedAt = new Date('2022-01-01T00:00:00Z');
const user = { email: 'Ann@Example.com', normalisedEmail: 'ann@example.com', emailVerifiedAt: verifiedAt };

const confirming: Actor = {
  kind: 'user',
  tenantId: 1,
  userId: 1,
  authentication: {
    kind: 'identity-token',
    generation: 0,
    authenticatedAt: now,
    verifiedEmail: 'lee@example.com',
  },
};

const key: Actor = {
  kind: 'key',
  key: { id: 1, tenantId: 1, prefix: 'k', scopes: new Set(), expiresAt: null },
};

test.each<[string, string | undefined, Actor, AddressChange]>([
  ['no address', undefined, ANONYMOUS, { columns: {}, isNew: false, confirmed: null }],
  ['the same address', 'Ann@Example.com', confirming, { columns: {}, isNew: false, confirmed: null }],
  [
    'another spelling, which stays verified',
    'ann@EXAMPLE.com',
    ANONYMOUS,
    { columns: { email: 'ann@EXAMPLE.com', emailVerifiedAt: verifiedAt }, isNew: false, confirmed: null },
  ],
  [
    'a new address without a token',
    'lee@example.com',
    ANONYMOUS,
    { columns: { email: 'lee@example.com', emailVerifiedAt: null }, isNew: true, confirmed: null },
  ],
  [
    'a new address that the token confirms in another spelling',
    'Lee@Example.com',
    confirming,
    {
      columns: { email: 'Lee@Example.com', emailVerifiedAt: now },
      isNew: true,
      confirmed: 'lee@example.com',
    },
  ],
  [
    'a new address that the token does not confirm',
    'may@example.com',
    confirming,
    { columns: { email: 'may@example.com', emailVerifiedAt: null }, isNew: true, confirmed: null },
  ],
  [
    'a new address of an API key, which is verified',
    'may@example.com',
    key,
    { columns: { email: 'may@example.com', emailVerifiedAt: now }, isNew: true, confirmed: null },
  ],
  [
    'the same address of an API key, which is verified',
    'Ann@Example.com',
    key,
    { columns: { email: 'Ann@Example.com', emailVerifiedAt: now }, isNew: false, confirmed: null },
  ],
])('a request with %s', (_, email, actor, expected) => {
  expect(addressChangeOf(user, email, actor, now)).toEqual(expected);
});

test('a user who has lost the address to another user gets it back only as a new one', () => {
  const loser = { email: 'ann@example.com', normalisedEmail: null, emailVerifiedAt: null };
  expect(addressChangeOf(loser, 'Ann@example.com', ANONYMOUS, now)).toMatchObject({
    isNew: true,
    confirmed: null,
  });
});
