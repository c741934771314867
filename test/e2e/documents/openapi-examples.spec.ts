import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

const document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addSchema(document, 'document');

interface Shown {
  /** The JSON pointers of the example and of its schema. */
  readonly example: string;
  readonly schema: string;
  readonly value: unknown;
}

const SCHEMA = /\/(?:schema|items|(?:properties|schemas)\/[^/]+|(?:oneOf|anyOf|allOf)\/\d+)$/;

/** Every example below a place of the document: of a schema itself, or beside the schema of a parameter, header or body. */
function* examplesBelow(pointer: string, node: unknown): Generator<Shown> {
  if (typeof node !== 'object' || node === null) return;
  const schema = SCHEMA.test(pointer) ? pointer : 'schema' in node ? `${pointer}/schema` : null;
  if (schema !== null) {
    if ('example' in node) yield { example: `${pointer}/example`, schema, value: node.example };
    const examples = 'examples' in node ? (node.examples as object) : {};
    for (const [name, example] of Object.entries(examples) as [string, unknown][]) {
      const value = schema === pointer ? example : (example as { value: unknown }).value;
      yield { example: `${pointer}/examples/${name}`, schema, value };
    }
  }
  for (const [name, part] of Object.entries(node)) {
    const isOfSchema = SCHEMA.test(pointer) && !pointer.endsWith('/properties');
    if ((name === 'example' || name === 'examples') && (isOfSchema || 'schema' in node)) continue;
    yield* examplesBelow(
      `${pointer}/${encodeURIComponent(name.replaceAll('~', '~0').replaceAll('/', '~1'))}`,
      part,
    );
  }
}

const examples = [...examplesBelow('', document)];

test('Each example of the document is valid against its schema', () => {
  const faults = examples.flatMap(({ example, schema, value }) => {
    const id = `document#${schema}`;
    const validate = ajv.getSchema(id) ?? ajv.compile({ $ref: id });
    return validate(value)
      ? []
      : (validate.errors ?? []).map(({ instancePath, message }) => `${example}${instancePath} ${message}`);
  });
  expect(faults).toEqual([]);
});

test.each([
  ['a parameter', /\/parameters\/\d+\/example$/],
  ['a request', /\/requestBody\/.*\/examples\/weekly$/],
  ['a response', /\/responses\/200\/.*json\/example$/],
  ['a problem', /\/responses\/400\/.*json\/example$/],
  ['a header', /\/headers\/[^/]+\/example$/],
  ['a schema', /^\/components\/schemas\/[^/]+\/example$/],
  ['a field', /\/properties\/[^/]+\/example$/],
])('The check above finds the examples of %s', (_, place) => {
  expect(examples.filter(({ example }) => place.test(example)).length).toBeGreaterThan(0);
});
