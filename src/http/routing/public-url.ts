import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Configuration } from '../../platform/configuration/configuration.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** The prefix of every URL that the service writes; empty without `PUBLIC_URL`. */
    urlPrefix: string;
  }
}

/**
 * The token in the path of a feed, which a client may encode in any way, and a token at any other place. What follows
 * `/calendars/1/feeds/` is the id of a feed.
 */
const FEED_TOKEN = /(?<!\/calendars\/+[^/]+)(\/feeds\/+)[^/]+|\bfeed_[\w-]+/gi;

/** Lets every request find the prefix of `PUBLIC_URL`. A request's own `Host` header is never part of a URL. */
export function prefixUrls(fastify: FastifyInstance, { publicUrl }: Configuration): void {
  fastify.decorate('urlPrefix', publicUrl ?? '');
}

/**
 * The URL of a request, without its query, as a client has to write it: a path without `PUBLIC_URL`. A path that begins with
 * two slashes would name a host, and a target such as `*` of `OPTIONS` is no path.
 */
export function urlOf({ server, url }: FastifyRequest): string {
  const [path] = url.split('?', 1);
  return server.urlPrefix + (path.startsWith('/') ? path.replace(/^[/\\]+/, '/') : '/');
}

/** The same for a problem: the address of a feed without its secret, since programs log problems. */
export function urlOfProblem(request: FastifyRequest): string {
  return withoutFeedToken(urlOf(request));
}

/** The text with `[secret]` in place of the secret of a feed. */
export function withoutFeedToken(text: string): string {
  return text.replaceAll(FEED_TOKEN, '$1[secret]');
}
