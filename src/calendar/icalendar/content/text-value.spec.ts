import { describe, expect, test } from '@jest/globals';
import { plainText, textOf, textsOf, textValue } from './text-value.js';

describe('a value of type TEXT', () => {
  test.each([
    ['a\\, b\\; c\\\\d', 'a, b; c\\d'],
    ['a\\nb\\Nc', 'a\nb\nc'],
    ['a\\:b', 'a:b'],
    ['C:\\temp', 'C:\\temp'],
    ['\\\\n', '\\n'],
    ['end\\', 'end\\'],
  ])('%s is read as %p', (value, text) => {
    expect(textOf(value)).toBe(text);
  });

  test.each([
    ['a, b; c\\d', 'a\\, b\\; c\\\\d'],
    ['a\nb\r\nc\rd', 'a\\nb\\nc\\nd'],
    ['a\u0007b\tc\u0000', 'ab\tc'],
    ['\ud800a', '\ufffda'],
  ])('%p is written as %s', (text, value) => {
    expect(textValue(text)).toBe(value);
    expect(textOf(value)).toBe(plainText(text));
  });
});

test.each<[string, string[]]>([
  ['', ['']],
  ['a', ['a']],
  ['a,b', ['a', 'b']],
  ['a\\,b,c\\\\,d', ['a,b', 'c\\', 'd']],
  [',a,,', ['', 'a', '', '']],
])('the list %s has the texts %p', (value, texts) => {
  expect(textsOf(value)).toEqual(texts);
});
