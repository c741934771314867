import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Interval } from '../../calendar/intervals/interval.js';
import { formatInstant } from '../../calendar/time/instant.js';
import type { Page, PageKey } from '../../platform/page/page.js';
import { urlOf } from '../routing/public-url.js';
import { encodePageToken } from './page-token.js';

/** Links the next page in a Link header (RFC 8288), so that the body of a list is a plain array. */
export function linkNextPage<T>(request: FastifyRequest, reply: FastifyReply, page: Page<T>): readonly T[] {
  linkNext(request, reply, page.next);
  return page.items;
}

/** The same by the key of the last element. Null: there is no next page. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, next: PageKey | null): void {
  if (next !== null) linkPage(request, reply, encodePageToken(next));
}

/** Links the page of a token, as the next one of the list that the request asks for. */
export function linkPage(request: FastifyRequest, reply: FastifyReply, pageToken: string): void {
  linkWith(request, reply, { page_token: pageToken });
}

/** Links the same request for the rest of its window. Null: there is no rest. */
export function linkNextWindow(request: FastifyRequest, reply: FastifyReply, rest: Interval | null): void {
  if (rest !== null)
    linkWith(request, reply, { from: formatInstant(rest.start), to: formatInstant(rest.end) });
}

function linkWith(
  request: FastifyRequest,
  reply: FastifyReply,
  parameters: Readonly<Record<string, string>>,
): void {
  const next = new URLSearchParams(request.url.split('?', 2)[1]);
  for (const [name, value] of Object.entries(parameters)) next.set(name, value);
  reply.header('link', `<${urlOf(request)}?${next.toString()}>; rel="next"`);
}
