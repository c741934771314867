import type { Client } from '../client/client.js';

/** A schema of the document: the parts that the tests read. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly minProperties?: number;
  readonly const?: unknown;
  readonly description?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly example?: unknown;
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
}

/** A body of one media type. */
export interface Media {
  readonly schema: Schema;
  readonly example?: unknown;
  readonly examples?: Readonly<Record<string, { readonly value: unknown }>>;
}

/** A response of the document, or a reference to one. */
export interface DocumentedResponse {
  readonly $ref?: string;
  readonly description?: string;
  readonly content?: Readonly<Record<string, Media>>;
}

/** An operation as the document has it, below its path and its method. */
export interface Declaration {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly security: readonly object[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: Readonly<Record<string, Media>>;
  };
  readonly responses: Readonly<Record<string, DocumentedResponse>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
  readonly example?: unknown;
  readonly examples?: Media['examples'];
}

/** An operation of the document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  /** Null: it takes no body. The type is that of JSON, or of a file. */
  readonly body: { readonly type: string; readonly schema: Schema; readonly required: boolean } | null;
  readonly responses: Declaration['responses'];
}

/** The parts of an OpenAPI document that the tests read. */
export interface Document {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Declaration>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly responses: Declaration['responses'];
  };
}

/** The document as the service serves it. */
export async function documentOf(client: Client): Promise<Document> {
  const { status, body } = await client.get('/openapi.json');
  if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
  return body as unknown as Document;
}

export function operationsOf(document: Document): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      operationId: operation.operationId,
      parameters: operation.parameters ?? [],
      body: bodyOf(operation),
      responses: operation.responses,
    })),
  );
}

function bodyOf({ requestBody }: Declaration): Operation['body'] {
  if (!requestBody) return null;
  const [[type, { schema }]] = Object.entries(requestBody.content);
  return { type, schema, required: requestBody.required ?? false };
}

/** The part of the document that a reference names. */
export function resolved<Part extends Schema | DocumentedResponse>(document: Document, part: Part): Part {
  if (part.$ref === undefined) return part;
  const [, ...path] = part.$ref.split('/');
  return path.reduce<unknown>((found, name) => (found as Record<string, unknown>)[name], document) as Part;
}
