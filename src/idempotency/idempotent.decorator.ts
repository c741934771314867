import { applyDecorators, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblems } from '../common/problem/api-problems.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENCY_KEY, MAX_KEY_LENGTH } from './keyed-request.js';

/** Lets clients repeat a call that may have failed on its way, and documents how. Tokens are never kept. */
export function Idempotent(): MethodDecorator {
  return applyDecorators(
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: IDEMPOTENCY_KEY,
      required: false,
      description:
        'A name of your choice for this request. Whoever repeats it with the same key and body within 24 hours gets the ' +
        'first answer, marked `Idempotency-Replayed: true`, and it is done once. The same key with another body is a 422. ' +
        'Invalid input (400) may be put right under the same key.',
      example: '5f2d8e1c-9a4b-4c61-8f0e-3d7b6a2c1e90',
      schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH, pattern: '^[\\x21-\\x7e]+$' },
    }),
    ApiProblems(409, 422),
  );
}
