import { expect, test } from '@jest/globals';
import type { Authentication } from '../../access/actor.js';
import { type AddressChange, addressChangeOf } from './address-change.js';

const now = new Date('2022-09-06T12:00:00Z');
const verifiedAt = new Date('2022-01-01T00:00:00Z');
const user = { email: 'Ann@Example.com', normalisedEmail: 'ann@example.com', emailVerifiedAt: verifiedAt };

const confirming: Authentication = {
  kind: 'identity-token',
  generation: 0,
  authenticatedAt: now,
  verifiedEmail: 'lee@example.com',
};

test.each<[string, string | undefined, Authentication | null, AddressChange]>([
  ['no address', undefined, null, { columns: {}, isNew: false, confirmed: null }],
  ['the same address', 'Ann@Example.com', confirming, { columns: {}, isNew: false, confirmed: null }],
  [
    'another spelling, which stays verified',
    'ann@EXAMPLE.com',
    null,
    { columns: { email: 'ann@EXAMPLE.com', emailVerifiedAt: verifiedAt }, isNew: false, confirmed: null },
  ],
  [
    'a new address without a token',
    'lee@example.com',
    null,
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
])('a request with %s', (_, email, authentication, expected) => {
  expect(addressChangeOf(user, email, authentication, now)).toEqual(expected);
});

test('a user who has lost the address to another user gets it back only as a new one', () => {
  const loser = { email: 'ann@example.com', normalisedEmail: null, emailVerifiedAt: null };
  expect(addressChangeOf(loser, 'Ann@example.com', null, now)).toMatchObject({
    isNew: true,
    confirmed: null,
  });
});
