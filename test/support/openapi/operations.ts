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
    const inQuery = withWindow(parameters.filter((parameter) => parameter.in === 'query'));
    const paths = combinations(inPath, values).map((given) =>
      given.reduce((path, [name, value]) => path.replace(`{${name}}`, String(value)), template),
    );
    const queries = variants(inQuery, values).map(queryText);
    const bodies = bodiesOf(document, declaration, values);
    return paths.flatMap((path) =>
      queries
        .map((query) => ({ operation, method, path: path + query, body: bodies[0] }))
        .concat(bodies.slice(1).map((body) => ({ operation, method, path: path + queries[0], body }))),
    );
  });
}

/** The parameters of a list that is incremental with `sync_token`, and else needs its window. */
function withWindow(parameters: readonly Parameter[]): readonly Parameter[] {
  if (!parameters.some(isSyncToken)) return parameters;
  return parameters.map((parameter) =>
    WINDOW.has(parameter.name) ? Object.assign({}, parameter, { required: true }) : parameter,
  );
}

const WINDOW = new Set(['from', 'to']);

function isSyncToken({ name }: Pick<Parameter, 'name'>): boolean {
  return name === 'sync_token';
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
    choicesOf(field, values).map((choice) => {
      const beside = isSyncToken(field) ? required.filter(([name]) => !WINDOW.has(name)) : required;
      return beside.concat([choice]);
    }),
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
