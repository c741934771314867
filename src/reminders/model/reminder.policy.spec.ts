import { expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import type { Decision } from '../../access/decision.js';
import { mayKeepRemindersOf } from './reminder.policy.js';

const ann: Actor = { kind: 'user', tenantId: 1, userId: 1 };

test.each<[string, Actor, { id: number; protected: boolean }, Decision]>([
  ['the user', ann, { id: 1, protected: true }, 'allow'],
  ['another user', ann, { id: 2, protected: true }, 'forbid'],
  ['another user, of a user who cannot log in', ann, { id: 2, protected: false }, 'forbid'],
  ['an anonymous caller', ANONYMOUS, { id: 1, protected: true }, 'authenticate'],
  ['an anonymous caller, of a user who cannot log in', ANONYMOUS, { id: 1, protected: false }, 'allow'],
])('the reminders of a user, kept by %s', (_, actor, user, expected) => {
  expect(mayKeepRemindersOf(actor, user)).toBe(expected);
});
