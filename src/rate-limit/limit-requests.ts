import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AuthenticationService } from '../auth/identity/authentication.service.js';
import { TooManyAttemptsError } from '../errors/too-many-attempts-error.js';
import { isProbe } from '../http/routing/probes.js';
import { callerAddress } from '../platform/network/caller-address.js';
import type { RateLimits } from './rate-limits.js';

/**
 * Counts every request except those of probes, before any other work for it: also a request that is then refused, and
 * a request for a path that does not exist. A request with a valid token counts for the token's user, and any other
 * request for its address. The check of a signature needs no query, so a bad token causes none.
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
    // The backend of a product creates its users by a key.
    if (!isSignUp(request) || authentication.hasKnownKey(request.headers)) return;
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
