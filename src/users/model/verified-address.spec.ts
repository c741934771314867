import { expect, test } from '@jest/globals';
import { hasVerifiedAddress } from './verified-address.js';

test.each([
  ['a confirmed address', new Date(0), 'required', true],
  ['an unconfirmed address', null, 'required', false],
  ['an unconfirmed address, where no call needs a token', null, 'optional', true],
] as const)('%s', (_, emailVerifiedAt, authMode, expected) => {
  expect(hasVerifiedAddress({ emailVerifiedAt }, authMode)).toBe(expected);
});
