import { describe, expect, test } from '@jest/globals';
import { isNotModified, representationTag } from './entity-tag.js';

describe('the entity tag of a representation', () => {
  test('depends on the version and on the body alone', () => {
    const tag = representationTag('"3"', 'body');
    expect(tag).toMatch(/^"3-[\da-f]{32}"$/);
    expect(representationTag('"3"', 'body')).toBe(tag);
    expect(representationTag('"3"', 'another body')).not.toBe(tag);
    expect(representationTag('"4"', 'body')).not.toBe(tag);
  });

  test('of a resource without a version is that of its body', () => {
    expect(representationTag(null, '')).toMatch(/^"[\da-f]{32}"$/);
  });
});

describe('If-None-Match', () => {
  test.each([
    ['"a"', '"a"'],
    ['W/"a"', '"a"'],
    ['"b" , "a"', '"a"'],
    ['*', '"a"'],
    [' * ', '"a"'],
    ['"a,b"', '"a,b"'],
  ])('%s has %s', (header, tag) => {
    expect(isNotModified(header, tag)).toBe(true);
  });

  test.each([
    [undefined, '"a"'],
    ['', '"a"'],
    ['"b"', '"a"'],
    ['a', '"a"'],
    ['"a" "b"', '"a"'],
    ['"a", b', '"a"'],
    ['"A"', '"a"'],
  ])('%s has no %s', (header, tag) => {
    expect(isNotModified(header, tag)).toBe(false);
  });
});
