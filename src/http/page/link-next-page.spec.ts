import { describe, expect, test } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PageKey } from '../../platform/page/page.js';
import { linkNextPage } from './link-next-page.js';
import { encodePageToken } from './page-token.js';

/** The Link header of a page of the list at `url`; null: it has none. */
function linkOf(url: string, next: PageKey | null, urlPrefix = ''): string | null {
  let link: string | null = null;
  const reply = { header: (_: string, value: string) => (link = value) } as unknown as FastifyReply;
  const request = { url, server: { urlPrefix } } as unknown as FastifyRequest;
  expect(linkNextPage(request, reply, { items: ['a'], next })).toEqual(['a']);
  return link;
}

const TOKEN = encodePageToken([7]);

describe('the link to the next page', () => {
  test.each([
    ['/users', '', `</users?page_token=${TOKEN}>; rel="next"`],
    ['/users?limit=1', '', `</users?limit=1&page_token=${TOKEN}>; rel="next"`],
    ['/users?page_token=before&limit=1', '', `</users?page_token=${TOKEN}&limit=1>; rel="next"`],
    ['/users?ids=1&ids=2', '', `</users?ids=1&ids=2&page_token=${TOKEN}>; rel="next"`],
    ['/users', 'https://a.example/c', `<https://a.example/c/users?page_token=${TOKEN}>; rel="next"`],
  ])('of %s with the prefix %p is %s', (url, prefix, link) => {
    expect(linkOf(url, [7], prefix)).toBe(link);
  });

  test('is absent on the last page', () => {
    expect(linkOf('/users', null)).toBeNull();
  });
});
