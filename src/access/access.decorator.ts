import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '../http/problem/api-problems.js';

/**
 * The callers that a route admits, before its service decides on the resource:
 * - `public`: every client; the service ignores a token
 * - `caller`: a client with a token; with `AUTH_MODE=optional` also a client without one, as the anonymous actor
 */
export type AccessRule = 'public' | 'caller';

export const ACCESS_RULE = Symbol('access rule');

/** Declares the access rule of a route, or of all routes of a controller. A route without a rule refuses all requests. */
export function Access(rule: AccessRule): MethodDecorator & ClassDecorator {
  return rule === 'public'
    ? SetMetadata(ACCESS_RULE, rule)
    : applyDecorators(SetMetadata(ACCESS_RULE, rule), ApiBearerAuth(), ApiProblems(401));
}
