import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { ApiProblems } from '../http/problem/api-problems.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENCY, type IdempotentOptions } from './idempotent-options.js';
import { IDEMPOTENCY_KEY, MAX_KEY_LENGTH } from './keyed-request-reader.js';

const REPEATED =
  'A name of your choice for this request. A repeat with the same key and body within 24 hours is not done again. ' +
  'Without a token, another body is another key; with a token, it is a 422. A request with invalid input (400) can be ' +
  'corrected under the same key. ';

const REPLAYED = 'The answer to a repeat has `Idempotency-Replayed: true` and what you may see now.';

const SECRET_ANSWER = 'The answer has a secret, so the answer to a repeat is 409 `secret_not_repeated`.';

/**
 * Lets a client repeat a call whose answer it did not get, and documents how. The service keeps the answer of an
 * operation without options, so that answer must have nothing but what the request said.
 */
export function Idempotent<Controller>(options: IdempotentOptions<Controller> = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENCY, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: IDEMPOTENCY_KEY,
      required: false,
      description: REPEATED + (options.secret ? SECRET_ANSWER : REPLAYED),
      example: '5f2d8e1c-9a4b-4c61-8f0e-3d7b6a2c1e90',
      schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH, pattern: '^[\\x21-\\x7e]+$' },
    }),
    ApiProblems(409, 422),
  );
}
