import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AuthenticationService } from '../auth/identity/authentication.service.js';
import type { ClaimedCaller } from '../auth/identity/claimed-caller.js';
import { TooManyAttemptsError } from '../errors/too-many-attempts-error.js';
import { doneAfter } from '../http/done-after.js';
import { isProbe } from '../http/routing/probes.js';
import { callerAddress } from '../platform/network/caller-address.js';
import type { RateLimits } from './rate-limits.js';

/**
 * Counts every request except those of probes, before any other work for it: also a request that is then refused, and
 * a request for a path that does not exist. A request with a valid token counts for the token's user, a request with an
 * API key for the key, a request by which a key acts as a user for both, and any other request for its address. The
 * hook causes no query, so a bad token causes none. If only the work for a request shows its key or its user, the request
 * counts for them when it is answered. A request for a feed counts for the feed, and, if there is none, for its address.
 */
export function limitRequests(
  fastify: FastifyInstance,
  limits: RateLimits,
  authentication: AuthenticationService,
): void {
  if (limits.off) return;
  const partlyKnown = new WeakMap<FastifyRequest, ClaimedCaller>();
  const countReceived = (request: FastifyRequest, caller: ClaimedCaller): void => {
    const address = callerAddress(request.ip);
    if (authentication.namesKey(request.headers)) partlyKnown.set(request, caller);
    limitCaller(limits, caller, address);
    // The backend of a product creates its users by a key.
    if (!isSignUp(request) || authentication.hasKnownKey(request.headers)) return;
    refuseBeyond(limits.signUp(address), 'too_many_sign_ups', 'Too many sign-ups from this address.');
  };
  const countAnswered = (before: ClaimedCaller, { keyId, user }: ClaimedCaller): void => {
    if (before.keyId === null && keyId !== null) limits.key(keyId);
    if (before.user === null && user !== null) limits.request(user);
  };
  fastify.addHook('onRequest', (request, _, done) => {
    if (isProbe(request)) done();
    else if (isOfFeed(request)) {
      limitFeed(limits, request);
      done();
    } else withCaller(authentication, request, (caller) => countReceived(request, caller), done);
  });
  fastify.addHook('onSend', (request, reply, payload, done) => {
    if (isOfFeed(request) && isUnknown(reply)) limits.unknownFeed(callerAddress(request.ip));
    const before = partlyKnown.get(request);
    if (before === undefined) done(null, payload);
    else {
      withCaller(
        authentication,
        request,
        (caller) => countAnswered(before, caller),
        (error) => (error === undefined ? done(null, payload) : done(error)),
      );
    }
  });
}

/** Calls `count` with the caller, and then `done`: at once, unless a token has to be verified first. */
function withCaller(
  authentication: AuthenticationService,
  { headers }: FastifyRequest,
  count: (caller: ClaimedCaller) => void,
  done: (error?: Error) => void,
): void {
  const caller = authentication.claimedCaller(headers);
  if (caller instanceof Promise) void doneAfter(caller.then(count), done);
  else {
    count(caller);
    done();
  }
}

/** A client that tries addresses of feeds is refused before the service looks for one. */
function limitFeed(limits: RateLimits, { ip, params }: FastifyRequest): void {
  const detail = 'Too many requests of this feed.';
  refuseBeyond(limits.waitOfUnknownFeed(callerAddress(ip)), 'too_many_requests', 'Too many requests.');
  refuseBeyond(limits.feed((params as { readonly token: string }).token), 'too_many_requests', detail);
}

function isOfFeed({ routeOptions }: FastifyRequest): boolean {
  return routeOptions.url === '/feeds/:token/calendar.ics';
}

function isUnknown({ statusCode }: FastifyReply): boolean {
  return statusCode === 404;
}

/** A request beyond the limit of a user does not count for the key: one user cannot use up the requests of all. */
function limitCaller(limits: RateLimits, { keyId, user }: ClaimedCaller, address: string): void {
  if (keyId !== null) refuseKeyBeyond(limits.waitOfKey(keyId));
  if (user !== null || keyId === null)
    refuseBeyond(limits.request(user ?? address), 'too_many_requests', 'Too many requests.');
  if (keyId !== null) refuseKeyBeyond(limits.key(keyId));
}

function isSignUp({ method, routeOptions }: FastifyRequest): boolean {
  if (method === 'PUT') return routeOptions.url === '/users/by-external-id/:external_id';
  return method === 'POST' && routeOptions.url === '/users';
}

function refuseKeyBeyond(retryAfter: number | null): void {
  refuseBeyond(retryAfter, 'too_many_requests', 'Too many requests of this API key.');
}

/** @throws {TooManyAttemptsError} if `retryAfter`, in seconds, is not null */
function refuseBeyond(
  retryAfter: number | null,
  code: 'too_many_requests' | 'too_many_sign_ups',
  detail: string,
): void {
  if (retryAfter !== null) throw new TooManyAttemptsError(code, detail, retryAfter);
}
