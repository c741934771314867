import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../errors/domain-error.js';
import { UnauthenticatedError } from '../errors/unauthenticated-error.js';
import { type Actor, ANONYMOUS, type CallerKey } from './actor.js';
import { type Decision, enforce, mayActFor } from './decision.js';

const ann: Actor = { kind: 'user', tenantId: 1, userId: 1 };
const key: CallerKey = { id: 3, tenantId: 1, prefix: 'k3v9x0q2ma', scopes: new Set(), expiresAt: null };
const backend: Actor = { kind: 'key', key };
const backendAsAnn: Actor = { ...ann, key };

test.each<[string, Actor, { id: number; protected: boolean }, Decision]>([
  ['a user for themself', ann, { id: 1, protected: true }, 'allow'],
  ['a user for another', ann, { id: 2, protected: true }, 'forbid'],
  ['a user for another without a password', ann, { id: 2, protected: false }, 'forbid'],
  ['an anonymous caller for a user with a password', ANONYMOUS, { id: 1, protected: true }, 'authenticate'],
  ['an anonymous caller for a user without a password', ANONYMOUS, { id: 1, protected: false }, 'allow'],
  ['a key for a user with a password', backend, { id: 1, protected: true }, 'allow'],
  ['a key for a user without a password', backend, { id: 2, protected: false }, 'allow'],
  ['a key as a user for that user', backendAsAnn, { id: 1, protected: true }, 'allow'],
  ['a key as a user for another', backendAsAnn, { id: 2, protected: true }, 'forbid'],
  ['a key as a user for another without a password', backendAsAnn, { id: 2, protected: false }, 'forbid'],
])('acting: %s', (_, actor, user, expected) => {
  expect(mayActFor(actor, user)).toBe(expected);
});

describe('a decision', () => {
  test('to allow returns', () => {
    expect(() => enforce('allow', 'No.')).not.toThrow();
  });

  test('to authenticate or to forbid throws', () => {
    expect(() => enforce('authenticate', 'No.')).toThrow(UnauthenticatedError);
    expect(() => enforce('forbid', 'No.')).toThrow(DomainError);
  });
});
