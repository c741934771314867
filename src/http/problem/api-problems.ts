import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';

const DESCRIPTIONS: Record<number, string> = {
  400: 'The input is invalid; `errors` names the fields.',
  401: 'The request has no token, or the service does not accept its token.',
  403: 'The caller may not do this.',
  404: 'The resource does not exist, or the caller may not see it.',
  409: 'The request conflicts with the current state. `code` names the conflict.',
  410: 'The service cannot continue from the sync token (`sync_token_expired`).',
  412: 'The event has changed since the version in `If-Match`.',
  422: 'An earlier request with this `Idempotency-Key` had another body.',
  429: 'The caller made too many attempts, or used up the quota that `code` names. After too many attempts, `Retry-After` has the seconds to wait.',
  503: 'The service cannot respond at the moment. `code` is `database_unavailable`, `database_read_only`, `overloaded`, `timed_out` or `shutting_down`, and `Retry-After` has the seconds until the next attempt.',
};

const HEADERS: Record<
  number,
  Record<string, { description: string; schema: { type: 'string' | 'integer' } }>
> = {
  401: {
    'WWW-Authenticate': { description: 'The scheme, Bearer (RFC 6750).', schema: { type: 'string' } },
  },
  429: { 'Retry-After': { description: 'The time to wait, in whole seconds.', schema: { type: 'integer' } } },
};

/** The statuses that are documented already, by handler or controller. */
const documented = new WeakMap<object, Set<number>>();

/**
 * Documents the problems that an operation may respond with. Several decorators of one operation may name a status. The
 * first that is applied describes it: the library would append the description of each.
 */
export function ApiProblems(...statuses: (keyof typeof DESCRIPTIONS)[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) => ApiProblem(status, DESCRIPTIONS[status] ?? '')),
  );
}

/** Documents one problem in the words of the operation. */
export function ApiProblem(status: number, description: string): MethodDecorator & ClassDecorator {
  return (target: object, name?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const operation: object = descriptor?.value ?? target;
    const statuses = documented.get(operation) ?? new Set<number>();
    if (statuses.has(status)) return;
    documented.set(operation, statuses.add(status));
    const decorator = ApiResponse({
      status,
      description,
      ...(HEADERS[status] && { headers: HEADERS[status] }),
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
    });
    applyDecorators(ApiExtraModels(Problem), decorator)(target as never, name as never, descriptor as never);
  };
}
