import { type Declaration, type Document, type Parameter, resolved } from './operation.js';

/** A request that Swagger UI sends if a person changes nothing. */
export interface PrefilledRequest {
  readonly operationId: string;
  /** The name of the body's example; null: the operation takes no body. */
  readonly example: string | null;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** Whether the operation serves the token of a user, and no request without a token or a key. */
  readonly needsToken: boolean;
  /** Whether the operation serves API keys, and no request without a token or a key. */
  readonly needsKey: boolean;
}

/**
 * The requests of the page from top to bottom. The rules are those of Swagger UI 5 for a document of OpenAPI 3.1:
 * - The page shows the tags in the order of `tags`, and the operations of a tag in the order of `paths` and of the methods in a path.
 * - A parameter has its first `examples`, else its `example`, else the `example` or the `default` of its schema, else none.
 *   This is so for optional parameters too.
 * - A body is one of the named `examples`, of which the page shows the first. The rules for a body without them are not
 *   here: each body of the document has named examples.
 */
export function prefilledRequests(document: Document): PrefilledRequest[] {
  const operations = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );
  return document.tags.flatMap(({ name }) =>
    operations
      .filter(({ operation }) => operation.tags[0] === name)
      .flatMap(({ path, method, operation }) => requestsOf(document, path, method, operation)),
  );
}

function requestsOf(
  document: Document,
  template: string,
  method: string,
  operation: Declaration,
): PrefilledRequest[] {
  let path = template;
  const query = new URLSearchParams();
  const headers: Record<string, string> = {};
  for (const parameter of operation.parameters ?? []) {
    const { name, in: place } = parameter;
    const value = valueOf(document, parameter);
    if (value === undefined) continue;
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(textOf(value)));
    else if (place === 'header') headers[name] = textOf(value);
    else for (const one of [value].flat()) query.append(name, textOf(one));
  }
  const schemes = operation.security.flatMap((one: object) => Object.keys(one));
  const isSecured =
    operation.security.every((one: object) => Object.keys(one).length > 0) && schemes.length > 0;
  const request = {
    operationId: operation.operationId,
    method: method.toUpperCase(),
    path: query.size > 0 ? `${path}?${query.toString()}` : path,
    headers,
    needsToken: isSecured && schemes.includes('bearer'),
    needsKey: isSecured && schemes.includes('api_key'),
  };
  const [body] = Object.entries(operation.requestBody?.content ?? {});
  if (!body) return [{ ...request, example: null, body: undefined }];
  const [type, { examples = {} }] = body;
  return Object.entries(examples).map(([example, { value }]) =>
    Object.assign({}, request, { example, body: value, headers: { 'content-type': type, ...headers } }),
  );
}

function valueOf(document: Document, { examples, example, schema: given }: Parameter): unknown {
  const schema = resolved(document, given);
  const [first] = Object.values(examples ?? {});
  return first?.value ?? example ?? schema.example ?? schema.default;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The operation, and the name of the body. */
export function nameOf({ operationId, example }: PrefilledRequest): string {
  return example === null ? operationId : `${operationId} ${example}`;
}
