import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuthenticationService } from '../auth/identity/authentication.service.js';
import { TooManyAttemptsError } from '../errors/too-many-attempts-error.js';
import { isProbe } from '../http/routing/probes.js';
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
  fastify.addHook('onRequest', async (request) => {
    if (isProbe(request)) return;
    const address = callerAddress(request.ip);
    const caller = (await authentication.claimedCaller(request.headers)) ?? address;
    refuseBeyond(limits.request(caller), 'too_many_requests', 'Too many requests.');
    if (!isSignUp(request)) return;
    refuseBeyond(limits.signUp(address), 'too_many_sign_ups', 'Too many sign-ups from this address.');
  });
}

function isSignUp({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && routeOptions.url === '/users';
}

/** @throws {TooManyAttemptsError} if `retryAfter`, in seconds, is not null */
function refuseBeyond(
  retryAfter: number | null,
  code: 'too_many_requests' | 'too_many_sign_ups',
  detail: string,
): void {
  if (retryAfter !== null) throw new TooManyAttemptsError(code, detail, retryAfter);
}
