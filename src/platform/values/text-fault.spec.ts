import { describe, expect, test } from '@jest/globals';
import { codePointsOf, textFault } from './text-fault.js';

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

describe('the length of a text in code points', () => {
  test.each([
    ['', 0],
    ['aä€', 3],
    ['\u{1f4c5}', 1],
    ['a\u{1f4c5}b\u{10ffff}', 4],
    ['\ud83d', 1],
    ['\udcc5\ud83d', 2],
    ['e\u0301', 2],
  ])('of %j is %d', (text, length) => {
    expect(codePointsOf(text)).toBe(length);
  });

  test.each<[string, string | null]>([
    ['\u{1f4c5}'.repeat(3), null],
    ['\u{1f4c5}'.repeat(4), 'must have at most 3 characters'],
    ['', 'must not be empty'],
  ])('bounds %j', (text, fault) => {
    expect(textFault(text, 1, 3, codePointsOf)).toBe(fault);
  });
});
