import { describe, expect, test } from '@jest/globals';
import { ifMatchFault, preconditionOf } from './if-match-field.js';

const NOT_TEXT = 'must be a version or the text of an If-Match';
const NO_TAGS = 'must be * or entity tags such as "3"';

describe('the precondition of a member', () => {
  test.each<[unknown, string | null]>([
    [3, null],
    ['"3"', null],
    ['"3-5f2a", "4"', null],
    ['*', null],
    ['W/"3"', null],
    [0, NOT_TEXT],
    [1.5, NOT_TEXT],
    [2 ** 31, NOT_TEXT],
    [null, NOT_TEXT],
    [['"3"'], NOT_TEXT],
    ['3', NO_TAGS],
    ['', NO_TAGS],
  ])('%j has the fault %p', (value, fault) => {
    expect(ifMatchFault(value)).toBe(fault);
  });

  test.each<[number | string | undefined, number]>([
    [3, 3],
    ['"3"', 3],
    ['"2", "3-5f2a"', 3],
    ['*', 4],
    [undefined, 4],
  ])('%j holds for version %d', (value, version) => {
    expect(() => preconditionOf(value).expect(version)).not.toThrow();
  });

  test.each<[number | string, number]>([
    [3, 4],
    ['"3"', 4],
    ['W/"3"', 3],
  ])('%j fails for version %d', (value, version) => {
    expect(() => preconditionOf(value).expect(version)).toThrow(
      expect.objectContaining({ code: 'precondition_failed' }),
    );
  });
});
