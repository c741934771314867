import type { Declaration, Document, Parameter, Schema } from './operation.js';

/** A parameter, or a property of a body. */
interface NamedField {
  readonly name: string;
  readonly required: boolean;
  readonly schema?: Schema;
  readonly enum?: readonly unknown[];
  readonly example?: unknown;
}

/** A request that the document describes. */
export interface DocumentedRequest {
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly body?: unknown;
}

/** Values to use for parameters and properties of these names, instead of the document's examples. */
export type Values = Readonly<Record<string, readonly unknown[]>>;

/** The operations of the document, as `POST /events`. */
export function operationsOf(document: Document): string[] {
  return [...eachOperation(document)].map(({ operation }) => operation);
}

/**
 * Requests to every operation: with every combination of values in its path; and with each optional parameter and
 * property in turn, beside those that are required.
 */
export function requestsOf(document: Document, values: Values): DocumentedRequest[] {
  return [...eachOperation(document)].flatMap(({ operation, method, template, declaration }) => {
    const parameters: readonly Parameter[] = declaration.parameters ?? [];
    const inPath = parameters.filter((parameter) => parameter.in === 'path');
    const inQuery = parameters.filter((parameter) => parameter.in === 'query');
    const paths = combinations(inPath, values).map((given) =>
      given.reduce((path, [name, value]) => path.replace(`{${name}}`, String(value)), template),
    );
    const queries = formsOf(inQuery).flatMap((fields) => variants(fields, values).map(queryText));
    const bodies = bodiesOf(document, declaration, values);
    return paths.flatMap((path) =>
      queries
        .map((query) => ({ operation, method, path: path + query, body: bodies[0] }))
        .concat(bodies.slice(1).map((body) => ({ operation, method, path: path + queries[0], body }))),
    );
  });
}

/** The parameters of a list in a window, which an incremental list does not have. */
const OF_WINDOWS: ReadonlySet<string> = new Set(['from', 'to', 'expand', 'show_cancelled']);

/** A list that has a window or a token is two lists to a client, each with parameters of its own. */
function formsOf(inQuery: readonly Parameter[]): (readonly Parameter[])[] {
  if (!inQuery.some(({ name, required }) => name === 'sync_token' && !required)) return [inQuery];
  return [
    requiring(
      ['from', 'to'],
      inQuery.filter(({ name }) => name !== 'sync_token'),
    ),
    requiring(
      ['sync_token'],
      inQuery.filter(({ name }) => !OF_WINDOWS.has(name)),
    ),
  ];
}

/** The document shows the example of an optional parameter where no form fills it in. */
function requiring(names: readonly string[], fields: readonly Parameter[]): Parameter[] {
  return fields.map((field) =>
    names.includes(field.name)
      ? Object.assign({}, field, { required: true, example: field.example ?? field.schema.examples?.[0] })
      : field,
  );
}

function* eachOperation(document: Document) {
  for (const [template, item] of Object.entries(document.paths)) {
    for (const [name, declaration] of Object.entries(item)) {
      const method = name.toUpperCase();
      yield { operation: `${method} ${template}`, method, template, declaration };
    }
  }
}

type Choice = readonly [name: string, value: unknown];
type Given = readonly Choice[];

function combinations(fields: readonly NamedField[], values: Values): Given[] {
  return fields.reduce<Given[]>(
    (found, field) =>
      found.flatMap((given) => choicesOf(field, values).map((choice) => given.concat([choice]))),
    [[]],
  );
}

function variants(fields: readonly NamedField[], values: Values): Given[] {
  const required: Given = fields
    .filter((field) => field.required)
    .map((field) => choicesOf(field, values)[0]);
  const others = fields.flatMap((field) =>
    choicesOf(field, values).map((choice) => required.concat([choice])),
  );
  return [required, ...others];
}

function choicesOf(field: NamedField, values: Values): Choice[] {
  const example = field.example ?? field.schema?.example;
  const chosen: readonly unknown[] =
    values[field.name] ?? field.schema?.enum ?? field.enum ?? (example === undefined ? [] : [example]);
  return chosen.map((value) => [field.name, value]);
}

/** If a name is given twice, the last one counts. A list repeats the parameter. */
function queryText(given: Given): string {
  const query = new URLSearchParams();
  for (const [name, value] of new Map(given))
    for (const one of Array.isArray(value) ? value : [value]) query.append(name, String(one));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

function bodiesOf(document: Document, declaration: Declaration, values: Values): unknown[] {
  const file = declaration.requestBody?.content?.['text/calendar'];
  if (file) return Object.values(file.examples ?? {}).map(({ value }) => value);
  const reference: string | undefined = declaration.requestBody?.content?.['application/json']?.schema?.$ref;
  if (reference === undefined) return [undefined];
  const schema = document.components.schemas[reference.split('/').at(-1) as string];
  const fields = Object.entries(schema.properties ?? {}).map(([name, { enum: choices, example }]) => ({
    name,
    enum: choices,
    example,
    required: schema.required?.includes(name) ?? false,
  }));
  return variants(fields, values).map((given) => Object.fromEntries(given));
}
