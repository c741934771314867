import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import {
  type Document,
  operationsOf,
  type Parameter,
  resolved,
  type Schema,
} from '../support/openapi/operation.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const operations = operationsOf(document);
const schemas = Object.entries(document.components.schemas);

/** The words that an operation's name begins with, as a person would say what it does. */
const VERBS =
  /^(?:accept|cancel|create|decline|delete|find|get|list|log|refresh|replace|set|tentativelyAccept|update|test|import|export|subscribe|revoke|verify)[A-Z]/;

function said({ description, example }: { description?: string; example?: unknown }): boolean {
  return typeof description === 'string' && description !== '' && example !== undefined;
}

/** An optional parameter shows its example where forms do not fill it in. */
function asShown({ description, example, schema }: Parameter): { description?: string; example?: unknown } {
  return { description, example: example ?? schema.examples?.[0] };
}

describe('the document', () => {
  test('describes every schema and every field, each with an example', () => {
    const fields = schemas.flatMap(([name, schema]) =>
      Object.entries<Schema>(schema.properties ?? {}).map(([field, property]) => ({
        name: `${name}.${field}`,
        schema: property,
      })),
    );
    const all = [...schemas.map(([name, schema]) => ({ name, schema })), ...fields];
    expect(all.filter(({ schema }) => !said(resolved(document, schema))).map(({ name }) => name)).toEqual([]);
  });

  test('describes every parameter, with an example and a type', () => {
    const parameters = operations.flatMap(({ operationId, parameters: own }) =>
      own.map((parameter) => ({ name: `${operationId}: ${parameter.name}`, parameter })),
    );
    expect(parameters.filter(({ parameter }) => !said(asShown(parameter))).map(({ name }) => name)).toEqual(
      [],
    );
    expect(parameters.filter(({ parameter }) => !parameter.schema.type).map(({ name }) => name)).toEqual([]);
  });

  test('names operations by verbs, each once', () => {
    const names = operations.map(({ operationId }) => operationId);
    expect(names.filter((name) => !VERBS.test(name))).toEqual([]);
    expect(new Set(names).size).toBe(names.length);
  });

  test('offers an Idempotency-Key with every POST', () => {
    const without = operations.filter(
      ({ method, parameters }) =>
        method === 'POST' && !parameters.some(({ name }) => name === 'Idempotency-Key'),
    );
    expect(without.map(({ operationId }) => operationId)).toEqual([]);
  });

  test('bounds every text, list and number that comes in', () => {
    const unbounded: string[] = [];
    const visit = (name: string, given: Schema): void => {
      const schema = resolved(document, given);
      for (const one of [...(schema.anyOf ?? []), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])]) {
        visit(name, one);
      }
      const types = new Set([schema.type].flat());
      const bounded =
        schema.enum !== undefined || schema.format === 'date-time' || schema.pattern !== undefined;
      if (types.has('string') && !bounded && schema.maxLength === undefined) unbounded.push(name);
      if (types.has('integer') && !bounded && schema.maximum === undefined) unbounded.push(name);
      if (types.has('array')) {
        if (schema.maxItems === undefined) unbounded.push(name);
        visit(`${name}[]`, schema.items);
      }
      for (const [field, property] of Object.entries<Schema>(schema.properties ?? {})) {
        visit(`${name}.${field}`, property);
      }
    };
    for (const { operationId, parameters, body } of operations) {
      for (const { name, schema } of parameters) visit(`${operationId}: ${name}`, schema);
      if (body) visit(operationId, body.schema);
    }
    expect(unbounded).toEqual([]);
  });

  test('says of every operation that it can be refused, and how', () => {
    for (const { operationId, responses } of operations) {
      for (const [status, given] of Object.entries(responses).filter(([code]) =>
        /^(?:[45]|default)/.test(code),
      )) {
        const { content } = resolved(document, given);
        expect({ operationId, status, types: Object.keys(content ?? {}) }).toEqual({
          operationId,
          status,
          types: ['application/problem+json'],
        });
      }
    }
  });
});
