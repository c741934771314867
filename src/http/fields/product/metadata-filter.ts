import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { type MetadataPatch, metadataFaults } from '../../../platform/values/metadata.js';
import { Field } from '../field.js';
import { METADATA_FIELD } from './product-data-fields.js';

/** The two ways to name a key: `metadata.case_id=42` and `metadata[case_id]=42`, as clients write it that are generated from the document. */
const PARAMETER = new RegExp(String.raw`^${METADATA_FIELD}(?:\.(.+)|\[(.+)\])$`);

/** Makes generated clients and Swagger UI write `metadata[case_id]=42`. The library copies both to the parameter. */
const AS_BRACKETS: object = { style: 'deepObject', explode: true };

const FILTERED = new WeakSet<object>();

/** A filter by metadata in a query string. */
export function MetadataFilterField(description: string): PropertyDecorator {
  return applyDecorators(
    (target: object) => void FILTERED.add(target.constructor),
    Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => filterOf(obj[key])),
    Field(
      { description, example: { case_id: '42' }, optional: true },
      { type: 'object', additionalProperties: { type: 'string' }, ...AS_BRACKETS },
      faultOf,
    ),
  );
}

/** As pairs, since class-transformer reads an object with a key `constructor` as an instance of a class. */
type Pairs = readonly (readonly [string, unknown])[];

function filterOf(value: unknown): unknown {
  return Array.isArray(value) && value.every(Array.isArray)
    ? Object.fromEntries(value as unknown as Pairs)
    : value;
}

/** The query with the parameters of `MetadataFilterField` as one field; the query itself for another DTO. */
export function withMetadataFilter(query: unknown, dto: unknown): unknown {
  if (typeof dto !== 'function' || !FILTERED.has(dto)) return query;
  const others: [string, unknown][] = [];
  const filters: (readonly [string, unknown])[] = [];
  for (const [name, value] of Object.entries(query as object)) {
    const [, dotted, bracketed] = PARAMETER.exec(name) ?? [];
    const key = dotted ?? bracketed;
    if (key === undefined) others.push([name, value]);
    else filters.push([key, value]);
  }
  if (filters.length === 0) return query;
  return { ...Object.fromEntries(others), [METADATA_FIELD]: filters };
}

function faultOf(value: unknown): string | null {
  if (typeof value !== 'object' || value === null) return 'must name a key, as in metadata.case_id=42';
  const [fault] = metadataFaults(value as MetadataPatch);
  return fault === undefined ? null : `${fault.field} ${fault.message}`;
}
