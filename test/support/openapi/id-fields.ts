import { type Declaration, type Document, resolved, type Schema } from './operation.js';

/** A name of a field that names objects of a tenant by their ids. */
const NAMES_OBJECTS = /(?:^|_)ids?$/;

/**
 * An `external_id` names only objects of the caller's tenant. A `tenant_id` names a tenant itself. A `delivery_id` belongs
 * to the subscription in the same path.
 */
const OTHERS: ReadonlySet<string> = new Set(['delivery_id', 'external_id', 'tenant_id']);

/** The names of the parameters, and of the fields of the body, that name objects of a tenant by their ids. */
export function idFieldsOf(document: Document, { parameters = [], requestBody }: Declaration): string[] {
  const names = parameters.filter((one) => one.in !== 'header').map(({ name }) => name);
  if (requestBody)
    for (const { schema } of Object.values(requestBody.content)) names.push(...fieldsOf(document, schema));
  return [...new Set(names)].filter((name) => NAMES_OBJECTS.test(name) && !OTHERS.has(name));
}

/** The names of the fields of a schema and of the schemas within. */
function fieldsOf(document: Document, given: Schema, within: readonly Schema[] = []): string[] {
  const schema = resolved(document, given);
  if (within.includes(schema)) return [];
  const parts = [schema.items ?? [], schema.allOf ?? [], schema.anyOf ?? [], schema.oneOf ?? []].flat();
  const inside = [...Object.values(schema.properties ?? {}), ...parts];
  return [
    ...Object.keys(schema.properties ?? {}),
    ...inside.flatMap((part) => fieldsOf(document, part, [...within, schema])),
  ];
}
