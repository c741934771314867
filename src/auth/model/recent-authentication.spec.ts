import { expect, test } from '@jest/globals';
import { isRecentLogin, MAX_AUTHENTICATION_AGE } from './recent-authentication.js';

const now = new Date('2022-09-06T12:00:00Z');

test.each([
  ['now', 0, true],
  ['ten minutes ago', MAX_AUTHENTICATION_AGE, true],
  ['longer ago', MAX_AUTHENTICATION_AGE + 1, false],
  ['a little ahead, by the clock of a provider', -30_000, true],
  ['further ahead', -30_001, false],
])('a login %s', (_, age, expected) => {
  expect(isRecentLogin({ authenticatedAt: new Date(now.getTime() - age) }, now)).toBe(expected);
});

test('a token that shows no login is not recent', () => {
  expect(isRecentLogin({ authenticatedAt: null }, now)).toBe(false);
});
