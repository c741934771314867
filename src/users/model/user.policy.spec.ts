import { expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import type { Decision } from '../../access/decision.js';
import { mayChangeUser, ownView, userSeenBy } from './user.policy.js';
import type { UserRecord } from './user-record.js';

const ann: Actor = { kind: 'user', tenantId: 1, userId: 1 };

function user(id: number, isProtected: boolean): UserRecord {
  return { id, protected: isProtected, emailVerifiedAt: null } as UserRecord;
}

test.each<[string, Actor, UserRecord, Decision, boolean]>([
  ['the user', ann, user(1, true), 'allow', true],
  ['another user', ann, user(2, true), 'forbid', false],
  ['another user, of a user who cannot log in', ann, user(2, false), 'forbid', false],
  ['an anonymous caller', ANONYMOUS, user(1, true), 'authenticate', false],
  ['an anonymous caller, of a user who cannot log in', ANONYMOUS, user(1, false), 'allow', true],
])('a change or the private parts by %s', (_, actor, changed, expected, isOwn) => {
  expect(mayChangeUser(actor, changed)).toBe(expected);
  expect(userSeenBy(actor, changed, 'required', false)).toMatchObject({ isOwn, seesAway: true });
  expect(userSeenBy(actor, changed, 'required', true)).toMatchObject({ isOwn, seesAway: false });
});

test.each([
  ['required', false],
  ['optional', true],
] as const)('with AUTH_MODE=%s, an unconfirmed address counts as verified: %s', (authMode, expected) => {
  expect(ownView(user(1, true), authMode)).toMatchObject({ isOwn: true, emailVerified: expected });
});
