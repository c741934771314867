import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isNotModified, representationTag } from './entity-tag.js';

/** A private cache may keep the response, and has to validate it before each use. */
const PERSONAL = 'private, no-cache';

/** Responses that are the same for every caller: the document, its page, the health and the metrics. */
const PUBLIC = /^\/(?:docs(?:[-/].*)?|openapi\.json|health\/.*|metrics)$/;

/** Paths that programs request every few seconds without a cache. */
const UNTAGGED = /^\/(?:health\/.*|metrics)$/;

/**
 * Gives every response with a JSON body to a GET its `ETag`, sends a 304 to a client that has it already, and marks
 * responses that depend on the caller, refusals among them, as personal.
 */
export function tagResponses(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const [path] = request.url.split('?', 1);
    if (!PUBLIC.test(path) && !reply.hasHeader('cache-control')) reply.header('cache-control', PERSONAL);
    const isBody = typeof payload === 'string' || Buffer.isBuffer(payload);
    done(null, isBody && isTagged(request, reply, path) ? taggedBody(request, reply, payload) : payload);
  });
}

function isTagged({ method }: FastifyRequest, { statusCode }: FastifyReply, path: string): boolean {
  return (method === 'GET' || method === 'HEAD') && statusCode === 200 && !UNTAGGED.test(path);
}

function taggedBody<Body extends string | Buffer>(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Body,
): Body | '' {
  const version = reply.getHeader('etag');
  const tag = representationTag(typeof version === 'string' ? version : null, body);
  reply.header('etag', tag);
  if (!isNotModified(request.headers['if-none-match'], tag)) return body;
  reply.status(304).removeHeader('content-type').removeHeader('content-length');
  return '';
}
