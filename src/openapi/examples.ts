import type { OpenAPIObject } from '@nestjs/swagger';
import { type Operation, operationsOf, type Schema } from './story/operations.js';

/** Gives every schema an example made of those of its properties, and every parameter the one of its schema. */
export function composeExamples(document: OpenAPIObject): void {
  const schemas = document.components?.schemas ?? {};
  for (const schema of Object.values(schemas)) {
    if ('$ref' in schema) continue;
    for (const property of Object.values(schema.properties ?? {}))
      if (!('$ref' in property)) property.example ??= exampleOf(property, schemas);
    schema.example ??= exampleOf(schema, schemas);
  }
  for (const [, operation] of operationsOf(document)) liftExamples(operation);
}

/**
 * A form that a tool generates from the document fills in `example`. That helps with required parameters. An optional
 * header or filter would be sent by mistake, so it has `examples` instead.
 */
function liftExamples({ parameters = [] }: Operation): void {
  for (const parameter of parameters) {
    if ('$ref' in parameter || !parameter.schema || '$ref' in parameter.schema) continue;
    const example: unknown = parameter.example ?? parameter.schema.example;
    delete parameter.example;
    delete parameter.schema.example;
    if (example === undefined) continue;
    if (parameter.required) parameter.example = example;
    else parameter.schema.examples ??= [example];
  }
}

function exampleOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): unknown {
  if ('$ref' in schema) {
    const namedSchema = schemas[schema.$ref.split('/').at(-1) ?? ''];
    return namedSchema && exampleOf(namedSchema, schemas);
  }
  if (schema.example !== undefined) return schema.example;
  const [alternative] = schema.allOf ?? schema.oneOf ?? schema.anyOf ?? [];
  if (alternative) return exampleOf(alternative, schemas);
  if (schema.items && !Array.isArray(schema.items)) return [exampleOf(schema.items, schemas)];
  if (!schema.properties) return undefined;
  const required = new Set(schema.required ?? []);
  const shown = Object.entries(schema.properties).filter(
    ([name]) => required.has(name) || required.size === 0,
  );
  return Object.fromEntries(shown.map(([name, property]) => [name, exampleOf(property, schemas)]));
}
