import { describe, expect, test } from '@jest/globals';
import { type Page, type PageKey, pageOf } from './page.js';
import { decodePageToken, encodePageToken } from './page-token.js';

describe('a page', () => {
  test.each<[string, readonly number[], number, Page<number>]>([
    ['of an empty list is the last one', [], 2, { items: [], next: null }],
    ['that holds all is the last one', [1, 2], 2, { items: [1, 2], next: null }],
    ['ends at the limit, and names its last element', [1, 2, 3], 2, { items: [1, 2], next: [20, 2] }],
    ['ignores all after the element beyond the limit', [1, 2, 3, 4], 1, { items: [1], next: [10, 1] }],
  ])('%s', (_, found, limit, expected) => {
    expect(pageOf(found, limit, (item) => [item * 10, item])).toEqual(expected);
  });
});

describe('the token of a page', () => {
  test.each<[PageKey]>([[[0]], [[-1, 2]], [[1_662_473_807_000, 7, -5]]])(
    'of %p gives the key back',
    (key) => {
      expect(decodePageToken(encodePageToken(key), key.length)).toEqual(key);
    },
  );

  test('may be absent', () => {
    expect(decodePageToken(undefined, 1)).toBeNull();
  });

  test.each<[string, string]>([
    ['an empty text', ''],
    ['no JSON', Buffer.from('[1').toString('base64url')],
    ['a key of another length', encodePageToken([1, 2])],
    ['a fraction', Buffer.from('[1.5]').toString('base64url')],
    ['a text as key', Buffer.from('["1"]').toString('base64url')],
    ['no array', Buffer.from('1').toString('base64url')],
  ])('is refused if it is %s', (_, token) => {
    expect(() => decodePageToken(token, 1)).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        errors: [{ field: 'page_token', message: 'is not the token of a page of this list' }],
      }),
    );
  });
});
