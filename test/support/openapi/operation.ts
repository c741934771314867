import type { Client } from '../client/client.js';

/** A schema of the document, as JSON has it. */
export type Schema = Record<string, any>;

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
  readonly description?: string;
  readonly example?: unknown;
}

/** An operation of the document. */
export interface Operation {
  readonly method: string;
  readonly path: string;
  readonly operationId: string;
  readonly parameters: readonly Parameter[];
  /** Null: it takes no body. */
  readonly body: { readonly schema: Schema; readonly required: boolean } | null;
  readonly responses: Readonly<Record<string, any>>;
}

/** The parts of an OpenAPI document that the tests read. */
export interface Document {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string }[];
  readonly paths: Record<string, Record<string, any>>;
  readonly components: { schemas: Record<string, Schema>; responses: Record<string, any> };
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
      body: operation.requestBody
        ? {
            schema: operation.requestBody.content['application/json'].schema,
            required: operation.requestBody.required ?? false,
          }
        : null,
      responses: operation.responses,
    })),
  );
}

/** What a reference within the document stands for. */
export function resolved(document: Document, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const [, ...path] = schema.$ref.split('/');
  return path.reduce((part: any, name: string) => part[name], document);
}
