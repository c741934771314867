import type { FastifyInstance, FastifyRequest } from 'fastify';
import { invalidInput } from '../../errors/domain-error.js';

const PARAMETER = 'pretty';
const INDENTATION = 2;
const JSON_TYPE = /^application\/(?:[\w.-]+\+)?json\b/;

type Query = Record<string, unknown>;

/**
 * Indents the JSON body of each response to a request with `?pretty=true`, and ends it with a line break, so that a person
 * can read it in a terminal. Another value than `true` or `false` is a 400 that names `pretty`. No route handles the
 * parameter.
 */
export function indentJson(fastify: FastifyInstance): void {
  const given = new WeakMap<FastifyRequest, unknown>();
  fastify.addHook('onRequest', (request, _, done) => {
    const query = request.query as Query;
    if (Object.hasOwn(query, PARAMETER)) {
      given.set(request, query[PARAMETER]);
      delete query[PARAMETER];
    }
    done();
  });
  fastify.addHook('preValidation', (request, _, done) => {
    const value = given.get(request) ?? 'false';
    const isFlag = value === 'true' || value === 'false';
    done(isFlag ? undefined : invalidInput({ field: PARAMETER, message: 'must be true or false' }));
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload);
    if (!isText || given.get(request) !== 'true') return done(null, payload);
    const isJson = JSON_TYPE.test(String(reply.getHeader('content-type')));
    return done(null, isJson ? indented(payload.toString()) : payload);
  });
}

/** The JSON of a response to this URL, for responses that no hook reaches. */
export function jsonFor(url: string, body: object): string {
  const json = JSON.stringify(body);
  return new URLSearchParams(url.split('?', 2)[1]).get(PARAMETER) === 'true' ? indented(json) : json;
}

function indented(json: string): string {
  return `${JSON.stringify(JSON.parse(json), null, INDENTATION)}\n`;
}
