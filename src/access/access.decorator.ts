import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiHeader, ApiSecurity } from '@nestjs/swagger';
import { ApiProblems } from '../http/problem/api-problems.js';
import { MAX_ID } from '../platform/values/max-id.js';
import type { Scope } from './scope.js';

/**
 * The callers that a route admits, before its service decides on the resource:
 * - `public`: every client. The service ignores a person's token. If the route has a scope, a key acts within its scopes,
 *   and so does a token that a key exchanged
 * - `caller`: a client with a token or a key; with `AUTH_MODE=optional` also a client without one, as the anonymous actor
 * - `identified`: a client with a token or a key, in each mode
 * - `person`: a client with a token; a key has no rights of its own here, so the route has no scope
 * - `key`: an API key alone
 */
export type AccessRule = 'public' | 'caller' | 'identified' | 'person' | 'key';

/** What a route declares about its callers. */
export interface RouteAccess {
  readonly rule: AccessRule;
  /** The scope that an API key needs. Null: the route does nothing for keys. */
  readonly scope: Scope | null;
}

export const ROUTE_ACCESS = Symbol('route access');

/** The header by which an API key acts as a user. */
export const ACT_AS_USER = 'Act-As-User';

/** The security schemes of the OpenAPI document: a person's token, and a key. */
export const PERSON_SCHEME = 'bearer';
export const KEY_SCHEME = 'api_key';

/**
 * Marks an operation that no request without a token may call, while the document is made: operations for persons and keys
 * may be open with `AUTH_MODE=optional`.
 */
export const NEVER_OPEN = 'x-never-open';

/** Declares the access to a route, or to all routes of a controller. A route without it refuses all requests. */
export function Access(rule: 'person', scope: null): MethodDecorator & ClassDecorator;
export function Access(rule: 'public', scope: Scope | null): MethodDecorator & ClassDecorator;
export function Access(rule: 'caller' | 'identified' | 'key', scope: Scope): MethodDecorator & ClassDecorator;
export function Access(rule: AccessRule, scope: Scope | null): MethodDecorator & ClassDecorator {
  return applyDecorators(
    SetMetadata(ROUTE_ACCESS, { rule, scope } satisfies RouteAccess),
    ...(['caller', 'identified', 'person'].includes(rule) ? [ApiBearerAuth(PERSON_SCHEME)] : []),
    ...(rule === 'identified' ? [ApiExtension(NEVER_OPEN, true)] : []),
    ...(rule === 'person' ? [ApiProblems(401, 403)] : []),
    ...(scope === null ? [] : documentedScope(rule, scope)),
  );
}

function documentedScope(rule: AccessRule, scope: Scope) {
  return [
    // A public route serves requests without a key.
    ...(rule === 'public' ? [ApiSecurity({})] : []),
    ApiSecurity(KEY_SCHEME, [scope]),
    ApiProblems(401, 403),
    ...(rule === 'key'
      ? []
      : [
          // The value of the header is not an id, or the id of no user.
          ApiProblems(400, 404),
          ApiHeader({
            name: ACT_AS_USER,
            required: false,
            description:
              'The user that an API key with the scope `act_as` acts as. The service decides the request as if the user had sent it.',
            schema: { type: 'integer', minimum: 1, maximum: MAX_ID, examples: [42] },
          }),
        ]),
  ];
}
