import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticationService } from '../auth/identity/authentication.service.js';
import { isProbe } from '../http/probes.js';
import { ProblemException } from '../http/problem/problem-exception.js';
import { callerAddress } from '../platform/network/caller-address.js';
import type { RateLimits } from './rate-limits.js';

/**
 * Counts every request but those of probes, before anything else is done for it: also one that is then refused, and one
 * of a path that does not exist. A request with a token that is signed and in force counts for the token's user, any
 * other for its address. The check of a signature asks no database, so a bad token buys no query.
 */
export function limitRequests(
  fastify: FastifyInstance,
  limits: RateLimits,
  authentication: AuthenticationService,
): void {
  if (limits.off) return;
  fastify.addHook('onRequest', async (request, reply) => {
    if (isProbe(request)) return;
    const address = callerAddress(request.ip);
    const caller = (await authentication.claimedCaller(request.headers)) ?? address;
    refuseBeyond(limits.request(caller), reply, 'too_many_requests', 'Too many requests.');
    if (!isSignUp(request)) return;
    refuseBeyond(limits.signUp(address), reply, 'too_many_sign_ups', 'Too many sign-ups from this address.');
  });
}

function isSignUp({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routeOptions.url === '/users';
}

/** @throws {ProblemException} 429, where there is a time to wait */
function refuseBeyond(retryAfter: number | null, reply: FastifyReply, code: string, detail: string): void {
  if (retryAfter === null) return;
  reply.header('retry-after', retryAfter);
  throw new ProblemException(429, code, detail);
}
