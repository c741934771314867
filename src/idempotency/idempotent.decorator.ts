import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { HOUR } from '../calendar/time/civil-time.js';
import { ApiProblems } from '../http/problem/api-problems.js';
import { IdempotencyInterceptor } from './idempotency.interceptor.js';
import { IDEMPOTENT_OPTIONS, type IdempotentOptions } from './idempotent-options.js';
import { IDEMPOTENCY_KEY_HEADER, MAX_KEY_LENGTH } from './keyed-request-reader.js';
import { KEY_LIFETIME } from './model/key-lifetime.js';

const REPEATED =
  'A key that the client chooses for this request. If a request repeats an earlier one with the same ' +
  `key and body within ${KEY_LIFETIME / HOUR} hours, the service does not run it again. If the key is the same but the body differs, the ` +
  'service runs a request without a token as a new one, and refuses a request with a token (422). A client may correct ' +
  'a request with invalid input (400) and send it with the same key. ';

const REPLAYED =
  'The response to a repeat has `Idempotency-Replayed: true`, and contains only data that the caller may see at that time.';

const SECRET_ANSWER = 'The response has a secret, so the response to a repeat is 409 `secret_not_repeated`.';

/**
 * Lets a client repeat a request whose response it did not receive, and documents this. The service stores the response
 * of an operation without options, so that response must have nothing but the contents of the request.
 */
export function Idempotent<Controller>(options: IdempotentOptions<Controller> = {}): MethodDecorator {
  return applyDecorators(
    SetMetadata(IDEMPOTENT_OPTIONS, options),
    UseInterceptors(IdempotencyInterceptor),
    ApiHeader({
      name: IDEMPOTENCY_KEY_HEADER,
      required: false,
      description: REPEATED + (options.secret ? SECRET_ANSWER : REPLAYED),
      example: '5f2d8e1c-9a4b-4c61-8f0e-3d7b6a2c1e90',
      schema: { type: 'string', minLength: 1, maxLength: MAX_KEY_LENGTH, pattern: '^[\\x21-\\x7e]+$' },
    }),
    ApiProblems(409, 422),
  );
}
