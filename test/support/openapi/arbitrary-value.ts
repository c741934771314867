import * as fc from 'fast-check';
import { type Document, resolved, type Schema } from './operation.js';

/** Values that no field allows and that make some library fail. */
const JUNK: readonly unknown[] = [
  null,
  true,
  '',
  ' ',
  'a\0b',
  '\ud800',
  '𝒳'.repeat(300),
  'x'.repeat(9000),
  0,
  -1,
  0.1,
  1e21,
  Number.MAX_SAFE_INTEGER,
  2_147_483_648,
  '2022-02-30T10:00:00Z',
  '275760-09-13T00:00:00Z',
  '1899-12-31T23:59:59Z',
  '2022-09-06T10:00:00+25:00',
  'PT1H1H',
  'FREQ=SECONDLY',
  'FREQ=DAILY;COUNT=999999999999',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  '%00',
  '../../etc/passwd',
  "'; DROP TABLE users; --",
  [],
  [null],
  [[[[[[]]]]]],
  {},
  { __proto__: null, constructor: 1 },
  Array.from({ length: 2000 }, (_, index) => index),
];

export function junk(): fc.Arbitrary<unknown> {
  return fc.oneof(fc.constantFrom(...JUNK), fc.jsonValue({ maxDepth: 3 }));
}

/** A value that the schema allows: its example, a bound of it, or any other. */
export function validValue(document: Document, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolved(document, given);
  const alternatives: readonly Schema[] = schema.anyOf ?? schema.oneOf ?? [];
  if (alternatives.length > 0) return fc.oneof(...alternatives.map((one) => validValue(document, one)));
  if (schema.allOf) return together(schema.allOf.map((one: Schema) => validValue(document, one)));
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const types = [schema.type].flat() as string[];
  const values = fc.oneof(...types.map((type) => valueOfType(document, schema, type)));
  return schema.example === undefined || schema.properties
    ? values
    : fc.oneof({ weight: 2, arbitrary: fc.constant(schema.example) }, { weight: 1, arbitrary: values });
}

/** One object with the fields of all. */
function together(parts: readonly fc.Arbitrary<unknown>[]): fc.Arbitrary<unknown> {
  return fc.tuple(...parts).map((values) => Object.assign({}, ...values));
}

/** A value just outside of what the schema allows: beyond a bound, or two alternatives in one; else junk. */
export function outOfBounds(document: Document, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolved(document, given);
  const alternatives: readonly Schema[] = schema.oneOf ?? [];
  if (alternatives.length > 1) {
    return fc
      .subarray([...alternatives], { minLength: 2, maxLength: 2 })
      .chain((two) => together(two.map((one) => validValue(document, one))));
  }
  const beyond: unknown[] = [];
  if (schema.minimum !== undefined) beyond.push(schema.minimum - 1);
  if (schema.maximum !== undefined) beyond.push(schema.maximum + 1);
  if (schema.maxLength !== undefined) beyond.push('a'.repeat(schema.maxLength + 1));
  if (schema.minLength !== undefined && schema.minLength > 0) beyond.push('a'.repeat(schema.minLength - 1));
  if (schema.maxItems !== undefined) beyond.push(Array.from({ length: schema.maxItems + 1 }, () => 1));
  if ((schema.minItems ?? 0) > 0) beyond.push([]);
  return beyond.length > 0 ? fc.constantFrom(...beyond) : junk();
}

function valueOfType(document: Document, schema: Schema, type: string): fc.Arbitrary<unknown> {
  switch (type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
    case 'number':
      return integers(schema);
    case 'array': {
      const { minItems: minLength = 0, maxItems = 4 } = schema;
      return fc.array(validValue(document, schema.items as Schema), {
        minLength,
        maxLength: Math.min(maxItems, 4),
      });
    }
    case 'object':
      return objects(document, schema);
    default:
      return texts(schema);
  }
}

/** Mostly the least ones, which are the ids of existing rows. */
function integers({ minimum = 0, maximum = 1_000_000 }: Schema): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 3, arbitrary: fc.integer({ min: minimum, max: Math.min(minimum + 4, maximum) }) },
    { weight: 1, arbitrary: fc.constantFrom(minimum, maximum) },
    { weight: 1, arbitrary: fc.integer({ min: minimum, max: maximum }) },
  );
}

function objects(document: Document, schema: Schema): fc.Arbitrary<unknown> {
  const properties = Object.entries<Schema>(schema.properties ?? {});
  return fc.record(
    Object.fromEntries(properties.map(([name, property]) => [name, validValue(document, property)])),
    { requiredKeys: [...(schema.required ?? [])] },
  );
}

function texts({ format, pattern, minLength = 0, maxLength = 40 }: Schema): fc.Arbitrary<string> {
  if (format === 'email') return fc.emailAddress();
  if (format === 'date-time') {
    return fc
      .date({ min: new Date('1900-01-02'), max: new Date('2999-12-30'), noInvalidDate: true })
      .map((date) => date.toISOString());
  }
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern), { maxLength });
  const most = Math.max(minLength, Math.min(maxLength, 40));
  return fc.oneof(
    fc.string({ unit: 'binary', minLength, maxLength: most }),
    fc.constantFrom('a'.repeat(minLength), 'a'.repeat(maxLength)),
  );
}
