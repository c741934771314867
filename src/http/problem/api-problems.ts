import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';

const DESCRIPTIONS: Record<number, string> = {
  400: 'The input is invalid; `errors` names the fields.',
  401: 'A token is needed, or the one shown is not accepted.',
  403: 'The caller may not do it.',
  404: 'It is not there.',
  409: 'It conflicts with what is there.',
  412: 'It is no longer as `If-Match` says.',
  422: 'The `Idempotency-Key` was sent with another body before.',
  429: 'Too many attempts, and `Retry-After` says when the next one counts; or too much of what `code` names.',
  503: 'The service cannot do it at the moment; `code` is `database_unavailable`, `database_read_only`, `overloaded`, `timed_out` or `shutting_down`, and `Retry-After` says when to try again.',
};

const HEADERS: Record<
  number,
  Record<string, { description: string; schema: { type: 'string' | 'integer' } }>
> = {
  401: {
    'WWW-Authenticate': { description: 'The scheme, Bearer (RFC 6750).', schema: { type: 'string' } },
  },
  429: { 'Retry-After': { description: 'Whole seconds.', schema: { type: 'integer' } } },
};

/** Documents the problems that an operation can answer with. */
export function ApiProblems(...statuses: (keyof typeof DESCRIPTIONS)[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status],
        ...(HEADERS[status] && { headers: HEADERS[status] }),
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
      }),
    ),
  );
}
