import { describe, expect, test } from '@jest/globals';
import { DomainError } from '../errors/domain-error.js';
import { type Actor, ANONYMOUS, type CallerKey } from './actor.js';
import {
  isDelegated,
  refuseDelegated,
  refuseExternalIdOfPerson,
  requireKey,
  requireProduct,
  requireScopes,
} from './key-access.js';
import type { Scope } from './scope.js';

const KEY: CallerKey = {
  id: 3,
  tenantId: 1,
  prefix: 'k3v9x0q2ma',
  scopes: new Set<Scope>(['events.read', 'act_as']),
  expiresAt: null,
};
const SERVICE: Actor = { kind: 'key', key: KEY };
const USER: Actor = { kind: 'user', tenantId: 1, userId: 7 };
const DELEGATED: Actor = { ...USER, key: KEY };

describe('the scopes of a key', () => {
  test.each<[Scope[]]>([[[]], [['events.read']], [['act_as', 'events.read']]])('suffice for %j', (scopes) => {
    expect(() => requireScopes(KEY, scopes)).not.toThrow();
  });

  test('do not suffice for others, of which the refusal names the first', () => {
    expect(() => requireScopes(KEY, ['events.read', 'events.write', 'users.read'])).toThrow(
      expect.objectContaining({
        kind: 'forbidden',
        code: 'scope_missing',
        detail: expect.stringContaining('`events.write`'),
      }),
    );
  });
});

describe('an operation for keys alone', () => {
  test('serves a key that acts as the service', () => {
    expect(requireKey(SERVICE)).toBe(KEY);
  });

  test.each([
    ['a person', USER],
    ['a key that acts as a person', DELEGATED],
    ['a caller without a token', ANONYMOUS],
  ])('refuses %s', (_, actor) => {
    expect(() => requireKey(actor)).toThrow(expect.objectContaining({ code: 'key_required' }));
  });
});

describe('an operation that could plant a credential', () => {
  test.each([
    ['a person', USER],
    ['a key that acts as the service', SERVICE],
    ['a caller without a token', ANONYMOUS],
  ])('serves %s', (_, actor) => {
    expect(isDelegated(actor)).toBe(false);
    expect(() => refuseDelegated(actor)).not.toThrow();
  });

  test('refuses a key that acts as a person', () => {
    expect(isDelegated(DELEGATED)).toBe(true);
    expect(() => refuseDelegated(DELEGATED)).toThrow(
      expect.objectContaining({ kind: 'forbidden', code: 'reauthentication_required' }),
    );
  });
});

/** The parts of the refusal that the call throws; null: it throws none. */
function refusalOf(call: () => void): object | null {
  try {
    call();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { kind, code, errors } = error;
    return { kind, code, field: errors[0]?.field };
  }
  return null;
}

describe('an external id', () => {
  const EXCHANGED: Actor = {
    ...DELEGATED,
    authentication: { kind: 'exchanged-token', generation: 0, authenticatedAt: null, verifiedEmail: null },
  };
  const BY_HEADER: Actor = {
    ...DELEGATED,
    authentication: { kind: 'delegated', generation: 0, authenticatedAt: null, verifiedEmail: null },
  };

  test.each<[string, Actor, boolean]>([
    ['a key', SERVICE, true],
    ['a key that acts as a person', BY_HEADER, true],
    ['a caller without a token', ANONYMOUS, true],
    ['a person', USER, false],
    ['the browser of a person', EXCHANGED, false],
  ])('may be set by %s: %s', (_, actor, may) => {
    const refused = may ? null : { kind: 'forbidden', code: 'key_required' };
    expect(refusalOf(() => requireProduct(actor))).toEqual(refused);
    expect(refusalOf(() => refuseExternalIdOfPerson(actor, null))).toEqual(
      refused && { ...refused, field: 'externalId' },
    );
    expect(() => refuseExternalIdOfPerson(actor, undefined)).not.toThrow();
  });
});
