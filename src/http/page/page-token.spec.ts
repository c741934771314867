import { describe, expect, test } from '@jest/globals';
import type { PageKey } from '../../platform/page/page.js';
import { decodePageToken, encodePageToken } from './page-token.js';

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
