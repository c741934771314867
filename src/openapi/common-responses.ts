import { maxHeaderSize } from 'node:http';
import { getSchemaPath, type OpenAPIObject } from '@nestjs/swagger';
import { BODY_LIMIT } from '../http/http-adapter.js';
import { DOCUMENTED_TAGS_LENGTH } from '../http/precondition/version-tag.js';
import { Problem, problem } from '../http/problem/problem.js';
import { PROBE_PATHS } from '../http/routing/probes.js';
import { MAX_REQUEST_ID_LENGTH } from '../platform/logging/request-context.js';
import {
  type Headers,
  type Operation,
  operationsOf,
  type ResponseObject,
  type SchemaObject,
} from './story/operations.js';
import type { ProblemExample } from './story/steps/step.js';

interface ProblemOfStatus extends ProblemExample {
  readonly status: number;
}

const REQUEST_ID_HEADER: Headers = {
  'X-Request-Id': {
    description:
      `The id of the request: the request's own \`X-Request-Id\` if it has 1 to ${MAX_REQUEST_ID_LENGTH} letters, digits or characters of ` +
      '`_.:+/=-`, otherwise a new one. Each line that the service logs for the request has the id as `request_id`.',
    schema: { type: 'string' },
    example: '0b6f7a52-9c1f-4a51-a3a5-7b6c2f4d8e90',
  },
};

const RETRY_AFTER_HEADER: Headers = {
  'Retry-After': {
    description: 'The time to wait before the next attempt, in whole seconds.',
    schema: { type: 'integer', minimum: 0 },
    example: 1,
  },
};

const REPLAYED_HEADER: Headers = {
  'Idempotency-Replayed': {
    description: '`true` if the service repeats the response to an earlier request with this key.',
    schema: { type: 'string', enum: ['true'] },
    example: 'true',
  },
};

const ENTITY_TAG_HEADER: Headers = {
  ETag: {
    description: 'The version of the event, for `If-Match`.',
    schema: { type: 'string' },
    example: '"1"',
  },
};

const CACHING_HEADERS: Headers = {
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

const IF_NONE_MATCH_PARAMETER = {
  name: 'If-None-Match',
  in: 'header' as const,
  required: false,
  description:
    "The `ETag` of the client's copy, several of them, or `*`. If one is still current, the response is 304.",
  example: '"5f2ac09d7e4b1c3388a6d0f1e2b79c45"',
  schema: { type: 'string' as const, maxLength: DOCUMENTED_TAGS_LENGTH },
};

/** Adds the responses that all operations share, and the headers of all responses. */
export function describeCommonResponses(document: OpenAPIObject): void {
  document.components ??= {};
  document.components.responses = { ...document.components.responses, ...COMMON_RESPONSES };
  for (const [path, operation] of operationsOf(document)) {
    describeOperation(document, path, operation);
    if (operation === document.paths[path].get && !PROBE_PATHS.has(path)) describeCaching(operation);
  }
}

function describeCaching(operation: Operation): void {
  operation.parameters = [...(operation.parameters ?? []), { ...IF_NONE_MATCH_PARAMETER }];
  operation.responses['304'] = { $ref: '#/components/responses/NotModified' };
  const { '200': response } = operation.responses;
  if (response && !('$ref' in response)) response.headers = { ...response.headers, ...CACHING_HEADERS };
}

function describeOperation(document: OpenAPIObject, path: string, operation: Operation): void {
  const responses = operation.responses;
  // Declared for each operation, so that no operation is public by mistake.
  operation.security ??= [];
  if (!PROBE_PATHS.has(path)) {
    responses['429'] ??= { $ref: '#/components/responses/TooManyRequests' };
    responses['503'] ??= { $ref: '#/components/responses/Unavailable' };
  }
  if (operation.requestBody) {
    responses['413'] ??= { $ref: '#/components/responses/BodyTooLarge' };
    responses['415'] ??= { $ref: '#/components/responses/UnsupportedMediaType' };
  }
  if (PROBE_PATHS.has(path)) responses['431'] ??= { $ref: '#/components/responses/Refused' };
  // Not `4XX`: some generators write code of it that does not compile.
  responses.default ??= { $ref: '#/components/responses/Refused' };
  for (const [status, response] of Object.entries(responses)) {
    if (response && !('$ref' in response))
      response.headers = headersOf(document, operation, status, response);
  }
}

function headersOf(
  document: OpenAPIObject,
  operation: Operation,
  status: string,
  response: ResponseObject,
): Headers {
  const done = status.startsWith('2');
  const keyed = operation.parameters?.some(
    (parameter) => 'name' in parameter && parameter.name === 'Idempotency-Key',
  );
  return {
    ...REQUEST_ID_HEADER,
    ...(['429', '503'].includes(status) && RETRY_AFTER_HEADER),
    ...(done && keyed && REPLAYED_HEADER),
    ...(done && hasVersion(document, response) && ENTITY_TAG_HEADER),
    ...response.headers,
  };
}

/** Whether the body has a version, so that the response has an entity tag. Lists have none. */
function hasVersion(document: OpenAPIObject, response: ResponseObject): boolean {
  const schema = response.content?.['application/json']?.schema;
  if (!schema) return false;
  const alternatives = 'oneOf' in schema ? (schema.oneOf ?? []) : [schema];
  return alternatives.some((one) => {
    const name = '$ref' in one ? one.$ref.split('/').at(-1) : undefined;
    const schemaOfName =
      name === undefined ? undefined : (document.components?.schemas?.[name] as SchemaObject | undefined);
    return schemaOfName?.properties?.version !== undefined;
  });
}

function problemResponse(description: string, given: ProblemOfStatus, headers: Headers): ResponseObject {
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

const COMMON_RESPONSES: Record<string, ResponseObject> = {
  NotModified: {
    description: 'The client has the current representation: `If-None-Match` names its `ETag`.',
    headers: { ...REQUEST_ID_HEADER, ...CACHING_HEADERS },
  },
  TooManyRequests: problemResponse(
    'Too many requests.',
    { status: 429, code: 'too_many_requests', detail: 'Too many requests.' },
    { ...REQUEST_ID_HEADER, ...RETRY_AFTER_HEADER },
  ),
  Unavailable: problemResponse(
    'The service cannot serve the request now: the database does not answer, the queue of the service is full, or the ' +
      'service is shutting down.',
    {
      status: 503,
      code: 'overloaded',
      detail: 'The service is overloaded.',
    },
    { ...REQUEST_ID_HEADER, ...RETRY_AFTER_HEADER },
  ),
  BodyTooLarge: problemResponse(
    `The body is larger than ${BODY_LIMIT / 2 ** 20} MiB.`,
    { status: 413, code: 'body_too_large', detail: 'Request body is too large' },
    REQUEST_ID_HEADER,
  ),
  UnsupportedMediaType: problemResponse(
    'The body is not JSON in UTF-8; that of an import, no `text/calendar`. The detail names the type.',
    {
      status: 415,
      code: 'unsupported_media_type',
      detail: 'A body must be JSON: send Content-Type: application/json.',
    },
    REQUEST_ID_HEADER,
  ),
  Refused: problemResponse(
    'Any other refusal: the service cannot read the request (a badly escaped path: 400; too slow to arrive: 408; ' +
      `headers of more than ${maxHeaderSize / 2 ** 10} KiB: 431), or the service has a fault (500).`,
    { status: 500, code: 'internal_error', detail: 'The service has a fault.' },
    {},
  ),
};
