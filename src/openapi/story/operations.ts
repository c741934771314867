import type { OpenAPIObject } from '@nestjs/swagger';

/** The types of the parts of a document. @nestjs/swagger exports only the type of the whole. */
interface Reference {
  readonly $ref: string;
}

export type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
export type Schema = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>[string];
export type SchemaObject = Exclude<Schema, Reference>;
export type ResponseObject = Exclude<NonNullable<Operation['responses'][string]>, Reference>;
export type Headers = NonNullable<ResponseObject['headers']>;

/** Every operation of a document, with its path. */
export function operationsOf(document: OpenAPIObject): [path: string, operation: Operation][] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    [item.get, item.post, item.put, item.patch, item.delete]
      .filter((operation) => operation !== undefined)
      .map((operation): [string, Operation] => [path, operation]),
  );
}
