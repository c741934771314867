import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { Problem, problem } from '../http/problem/problem.js';
import {
  type Answer,
  type Headers,
  type Operation,
  operationsOf,
  type SchemaObject,
} from './story/operations.js';

interface ProblemExample {
  readonly status: number;
  readonly code: string;
  readonly detail: string;
}

const REQUEST_ID: Headers = {
  'X-Request-Id': {
    description:
      "The id of the request: the request's own `X-Request-Id` if it has 1 to 128 letters, digits or characters of " +
      '`_.:+/=-`, otherwise a new one. Each line that the service logs for the request has the id as `request_id`.',
    schema: { type: 'string' },
    example: '0b6f7a52-9c1f-4a51-a3a5-7b6c2f4d8e90',
  },
};

const RETRY_AFTER: Headers = {
  'Retry-After': {
    description: 'The time to wait before the next attempt, in whole seconds.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
};

const REPLAYED: Headers = {
  'Idempotency-Replayed': {
    description: '`true` if the service repeats the response to an earlier request with this key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
};

const ENTITY_TAG: Headers = {
  ETag: {
    description: 'The version of the event, for `If-Match`.',
    schema: { type: 'string' },
    example: '"1"',
  },
};

const CACHING: Headers = {
  ETag: {
    description:
      'The version of this representation, for `If-None-Match`. The `ETag` of an event is also valid in `If-Match`.',
    schema: { type: 'string' },
    example: '"5f2ac09d7e4b1c3388a6d0f1e2b79c45"',
  },
  'Cache-Control': {
    description:
      '`private, no-cache`: the response depends on the caller, and the client must revalidate it before each use.',
    schema: { type: 'string' },
    example: 'private, no-cache',
  },
};

const IF_NONE_MATCH = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description:
    "The `ETag` of the client's copy, several of them, or `*`. If one is still current, the response is 304.",
  example: '"5f2ac09d7e4b1c3388a6d0f1e2b79c45"',
  schema: { type: 'string' as const, maxLength: 1000 },
};

/** Operations that are never refused because of load or a rate limit. */
const PROBES = new Set(['/health/live', '/health/ready', '/metrics']);

/** Adds to every operation what it can answer beyond what its controller declares, and the headers of all answers. */
export function describeCommonAnswers(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.responses = { ...document.components.responses, ...COMMON };
  for (const [path, operation] of operationsOf(document)) {
    describe(document, path, operation);
    if (operation === document.paths[path].get && !PROBES.has(path)) describeCaching(operation);
  }
}

function describeCaching(operation: Operation): void {
  operation.parameters = [...(operation.parameters ?? []), { ...IF_NONE_MATCH }];
  operation.responses['304'] = { $ref: '#/components/responses/NotModified' };
  const { '200': answer } = operation.responses;
  if (answer && !('$ref' in answer)) answer.headers = { ...answer.headers, ...CACHING };
}

function describe(document: OpenAPIObject, path: string, operation: Operation): void {
  const answers = operation.responses;
  // Declared for each operation, so that no operation is public by mistake.
  operation.security ??= [];
  if (!PROBES.has(path)) {
    answers['429'] ??= { $ref: '#/components/responses/TooManyRequests' };
    answers['503'] ??= { $ref: '#/components/responses/Unavailable' };
  }
  if (operation.requestBody) {
    answers['413'] ??= { $ref: '#/components/responses/BodyTooLarge' };
    answers['415'] ??= { $ref: '#/components/responses/UnsupportedMediaType' };
  }
  if (PROBES.has(path)) answers['431'] ??= { $ref: '#/components/responses/Refused' };
  // Not `4XX`: some generators write code of it that does not compile.
  answers.default ??= { $ref: '#/components/responses/Refused' };
  for (const [status, answer] of Object.entries(answers))
    if (answer && !('$ref' in answer)) answer.headers = headersOf(document, operation, status, answer);
}

function headersOf(document: OpenAPIObject, operation: Operation, status: string, answer: Answer): Headers {
  const done = status.startsWith('2');
  const keyed = operation.parameters?.some(
    (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
  );
  return {
    ...REQUEST_ID,
    ...(['429', '503'].includes(status) && RETRY_AFTER),
    ...(done && keyed && REPLAYED),
    ...(done && hasVersion(document, answer) && ENTITY_TAG),
    ...answer.headers,
  };
}

/** Whether a body has a version, and the answer so an entity tag; lists have none. */
function hasVersion(document: OpenAPIObject, answer: Answer): boolean {
  const schema = answer.content?.['application/json']?.schema;
  if (!schema) return false;
  const alternatives = 'oneOf' in schema ? (schema.oneOf ?? []) : [schema];
  return alternatives.some((one) => {
    const name = '$ref' in one ? one.$ref.split('/').at(-1) : undefined;
    const named =
      name === undefined ? undefined : (document.components?.schemas?.[name] as SchemaObject | undefined);
    return named?.properties?.version !== undefined;
  });
}

function problemAnswer(description: string, given: ProblemExample, headers: Headers): Answer {
  const { status, code, detail } = given;
  return {
    description,
    headers,
    content: {
      'application/problem+json': {
        schema: { $ref: getSchemaPath(Problem) },
        example: problem(status, code, detail, '/events'),
      },
    },
  };
}

const COMMON: Record<string, Answer> = {
  NotModified: {
    description: 'The client has the current representation: `If-None-Match` names its `ETag`.',
    headers: { ...REQUEST_ID, ...CACHING },
  },
  TooManyRequests: problemAnswer(
    'Too many requests.',
    { status: 429, code: 'too_many_requests', detail: 'Too many requests.' },
    { ...REQUEST_ID, ...RETRY_AFTER },
  ),
  Unavailable: problemAnswer(
    'The service cannot serve the request now: the database does not answer, the queue of the service is full, or the ' +
      'service is shutting down.',
    {
      status: 503,
      code: 'overloaded',
      detail: 'The service is overloaded.',
    },
    { ...REQUEST_ID, ...RETRY_AFTER },
  ),
  BodyTooLarge: problemAnswer(
    'The body is larger than 1 MiB.',
    { status: 413, code: 'body_too_large', detail: 'Request body is too large' },
    REQUEST_ID,
  ),
  UnsupportedMediaType: problemAnswer(
    'The body is not JSON in UTF-8.',
    {
      status: 415,
      code: 'unsupported_media_type',
      detail: 'A body must be JSON: send Content-Type: application/json.',
    },
    REQUEST_ID,
  ),
  Refused: problemAnswer(
    'Any other refusal: the service cannot read the request (a badly escaped path: 400; too slow to arrive: 408; ' +
      'headers of more than 16 KiB: 431), or the service has a fault (500).',
    { status: 500, code: 'internal_error', detail: 'Something went wrong on our side.' },
    {},
  ),
};
