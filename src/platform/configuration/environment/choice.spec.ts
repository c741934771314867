import { expect, test } from '@jest/globals';
import { readChoice } from './choice.js';
import { ON_OFF, TRUE_FALSE } from './variables.js';

test.each([
  ['on', ON_OFF],
  ['off', ON_OFF],
  ['true', TRUE_FALSE],
])('%s is one of %p', (value, allowed) => {
  expect(readChoice<string>('NAME', value, allowed)).toBe(value);
});

test.each(['ON', 'on ', '', 'true'])('"%s" is none of the words, and the message lists them', (value) => {
  expect(() => readChoice('NAME', value, ON_OFF)).toThrow(`NAME must be one of on, off, not "${value}".`);
});
