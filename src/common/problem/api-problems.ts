import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { Problem } from './problem.js';

const DESCRIPTIONS: Record<number, string> = {
  400: 'The input is invalid; `errors` names the fields.',
  404: 'It is not there.',
  409: 'It conflicts with what is there.',
  412: 'It is no longer as `If-Match` says.',
  422: 'The `Idempotency-Key` was sent with another body before.',
  503: 'The database is not available just now.',
};

/** Documents the problems that an operation can answer with. */
export function ApiProblems(...statuses: (keyof typeof DESCRIPTIONS)[]): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...statuses.map((status) =>
      ApiResponse({
        status,
        description: DESCRIPTIONS[status],
        content: { 'application/problem+json': { schema: { $ref: getSchemaPath(Problem) } } },
      }),
    ),
  );
}
