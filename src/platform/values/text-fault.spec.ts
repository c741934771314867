import { describe, expect, test } from '@jest/globals';
import { textFault } from './text-fault.js';

describe('the fault of a text', () => {
  test.each<[unknown, number, number, string | null]>([
    ['a', 1, 3, null],
    ['abc', 1, 3, null],
    ['', 0, 3, null],
    ['\u{1f4c5}', 1, 2, null],
    [1, 1, 3, 'must be a string'],
    ['', 1, 3, 'must not be empty'],
    ['  ', 1, 3, 'must not be empty'],
    ['ab', 3, 5, 'must have at least 3 characters'],
    ['abcd', 1, 3, 'must have at most 3 characters'],
    ['a\0', 1, 3, 'must not contain NUL or lone surrogates'],
    ['\ud83d', 1, 3, 'must not contain NUL or lone surrogates'],
  ])('%j of %d to %d code units is %p', (value, min, max, fault) => {
    expect(textFault(value, min, max)).toBe(fault);
  });
});
