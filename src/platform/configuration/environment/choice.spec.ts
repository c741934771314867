import { expect, test } from '@jest/globals';
import { readChoice } from './choice.js';
import { FLAG, SWITCH } from './variables.js';

test.each([
  ['on', SWITCH],
  ['off', SWITCH],
  ['true', FLAG],
])('%s is one of %p', (value, allowed) => {
  expect(readChoice<string>('NAME', value, allowed)).toBe(value);
});

test.each(['ON', 'on ', '', 'true'])('"%s" is none of the words, and the message lists them', (value) => {
  expect(() => readChoice('NAME', value, SWITCH)).toThrow(`NAME must be one of on, off, not "${value}".`);
});
