import type { FastifyReply, FastifyRequest } from 'fastify';
import { urlOf } from '../routing/public-url.js';
import type { Page } from './page.js';

/** Says where the next page is, in a Link header (RFC 8288), so that a list stays a plain array. */
export function linkNextPage<T>(request: FastifyRequest, reply: FastifyReply, page: Page<T>): readonly T[] {
  if (page.nextPageToken !== null) {
    const next = new URLSearchParams(request.url.split('?', 2)[1]);
    next.set('page_token', page.nextPageToken);
    reply.header('link', `<${urlOf(request)}?${next.toString()}>; rel="next"`);
  }
  return page.items;
}
