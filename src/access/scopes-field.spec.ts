import { describe, expect, test } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { SCOPES } from './scope.js';
import { ALL_SCOPES, ScopesField, scopesFault } from './scopes-field.js';

class Required {
  @ScopesField({ description: 'The scopes.' })
  scopes!: unknown;
}

class Optional {
  @ScopesField({ description: 'The scopes.', optional: true })
  scopes?: unknown;
}

function messagesOf(dto: typeof Required | typeof Optional, value: object): string[] {
  const errors = validateSync(plainToInstance<object, object>(dto, value));
  return errors.flatMap(({ property, constraints = {} }) =>
    Object.values(constraints).map((message) => `${property} ${message}`),
  );
}

describe('the scopes of a request', () => {
  test.each<[string, unknown]>([
    ['all', ALL_SCOPES],
    ['one', ['events.read']],
    ['every one by name', [...SCOPES]],
    ['one twice', ['events.read', 'events.read']],
  ])('may be %s', (_, value) => {
    expect(scopesFault(value)).toBeNull();
    expect(messagesOf(Required, { scopes: value })).toEqual([]);
  });

  test.each<[string, unknown, RegExp]>([
    ['an empty list', [], /^must be "all" or a list of 1 to \d+ scopes$/],
    ['null', null, /^must be "all" or a list/],
    ['an empty text', '', /^must be "all" or a list/],
    ['one scope as a text', 'events.read', /^must be "all" or a list/],
    ['all in capital letters', 'ALL', /^must be "all" or a list/],
    ['an object', { 0: 'events.read', length: 1 }, /^must be "all" or a list/],
    ['more than there are', [...SCOPES, 'events.read'], /^must be "all" or a list/],
    ['an unknown one', ['events.read', 'root'], /^must hold scopes: users\.read, /],
    ['all in a list', [ALL_SCOPES], /^must hold scopes/],
    ['a name of every object', ['constructor'], /^must hold scopes/],
    ['a list in a list', [['events.read']], /^must hold scopes/],
  ])('are never %s', (_, value, message) => {
    expect(scopesFault(value)).toMatch(message);
    expect(messagesOf(Required, { scopes: value })).toHaveLength(1);
    expect(messagesOf(Optional, { scopes: value })).toHaveLength(1);
  });

  test('may be absent only where they are optional', () => {
    expect(messagesOf(Required, {})).toEqual(['scopes is required']);
    expect(messagesOf(Optional, {})).toEqual([]);
  });
});
