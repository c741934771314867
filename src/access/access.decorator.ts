import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth } from '@nestjs/swagger';
import { ApiProblems } from '../http/problem/api-problems.js';

/**
 * Who may call a route at all, before its service decides on the resource:
 * - `public`: whoever can reach it; a token is neither asked for nor looked at
 * - `caller`: who shows a token; with `AUTH_MODE=optional` also who shows none, as nobody in particular
 */
export type AccessRule = 'public' | 'caller';

export const ACCESS_RULE = Symbol('access rule');

/** Declares the access rule of a route, or of a controller's every route. A route without one refuses all calls. */
export function Access(rule: AccessRule): MethodDecorator & ClassDecorator {
  return rule === 'public'
    ? SetMetadata(ACCESS_RULE, rule)
    : applyDecorators(SetMetadata(ACCESS_RULE, rule), ApiBearerAuth(), ApiProblems(401));
}
