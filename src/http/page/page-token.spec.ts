import { describe, expect, test } from '@jest/globals';
import type { PageKey } from '../../platform/page/page.js';
import { MAX_ID } from '../../platform/values/max-id.js';
import { decodePageToken, encodePageToken, type SortKey } from './page-token.js';

describe('the token of a page', () => {
  test.each<[PageKey, SortKey[]]>([
    [[0], ['id']],
    [[MAX_ID], ['id']],
    [
      [-1, 2],
      ['instant', 'id'],
    ],
    [
      [Date.UTC(1899, 11, 31), Date.UTC(3000, 0, 2)],
      ['instant', 'instant'],
    ],
    [
      [1_662_473_807_000, MAX_ID + 1, -5],
      ['instant', 'other', 'other'],
    ],
  ])('of %p gives the key back', (key, sortKeys) => {
    expect(decodePageToken(encodePageToken(key), sortKeys)).toEqual(key);
  });

  test('may be absent', () => {
    expect(decodePageToken(undefined, ['id'])).toBeNull();
  });

  test.each<[string, string]>([
    ['an empty text', ''],
    ['no JSON', Buffer.from('[1').toString('base64url')],
    ['a key of another length', encodePageToken([1, 2])],
    ['a fraction', Buffer.from('[1.5]').toString('base64url')],
    ['a text as key', Buffer.from('["1"]').toString('base64url')],
    ['an id beyond its column', encodePageToken([MAX_ID + 1])],
    ['a negative id', encodePageToken([-1])],
    ['no array', Buffer.from('1').toString('base64url')],
  ])('is refused if it is %s', (_, token) => {
    expect(() => decodePageToken(token, ['id'])).toThrow(
      expect.objectContaining({
        kind: 'invalid',
        errors: [{ field: 'page_token', message: 'is not the token of a page of this list' }],
      }),
    );
  });

  test.each([Date.UTC(1898), Date.UTC(3002), 9e15, -9e15])(
    'is refused if it has the instant %p',
    (instant) => {
      expect(() => decodePageToken(encodePageToken([instant, 1]), ['instant', 'id'])).toThrow(
        'page_token: is not the token of a page of this list',
      );
    },
  );
});
