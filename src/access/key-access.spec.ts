import { describe, expect, test } from '@jest/globals';
import { type Actor, ANONYMOUS, type CallerKey } from './actor.js';
import { isDelegated, refuseDelegated, requireKey, requireScopes } from './key-access.js';
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
  test.each<[Scope[], string | null]>([
    [[], null],
    [['events.read'], null],
    [['act_as', 'events.read'], null],
    [['events.read', 'events.write', 'users.read'], 'events.write'],
  ])('suffice for %j unless it lacks %s', (scopes, missing) => {
    const required = () => requireScopes(KEY, scopes);
    if (missing === null) expect(required).not.toThrow();
    else
      expect(required).toThrow(
        expect.objectContaining({
          kind: 'forbidden',
          code: 'scope_missing',
          detail: expect.stringContaining(`\`${missing}\``),
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
    ['a person', USER, false],
    ['a key that acts as the service', SERVICE, false],
    ['a caller without a token', ANONYMOUS, false],
    ['a key that acts as a person', DELEGATED, true],
  ])('of %s is refused: %s', (_, actor, refused) => {
    expect(isDelegated(actor)).toBe(refused);
    const refusal = () => refuseDelegated(actor);
    if (refused) expect(refusal).toThrow(expect.objectContaining({ code: 'reauthentication_required' }));
    else expect(refusal).not.toThrow();
  });
});
