import * as fc from 'fast-check';
import { calendarFile, vevent } from '../client/calendar-files.js';
import { junk, outOfBounds, validValue } from './arbitrary-value.js';
import { type Document, type Operation, type Parameter, resolved, type Schema } from './operation.js';

export interface GeneratedRequest {
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: none. */
  readonly body: string | undefined;
}

type Parts = Record<string, unknown>;

/** A request of the operation: as the document allows it, at and beyond its bounds, or with something amiss. */
export function arbitraryRequest(document: Document, operation: Operation): fc.Arbitrary<GeneratedRequest> {
  const places = operation.parameters;
  const valid = fc.record(
    Object.fromEntries(places.map((place) => [keyOf(place), validValue(document, place.schema)])),
    { requiredKeys: places.filter(({ required }) => required).map(keyOf) },
  ) as fc.Arbitrary<Parts>;
  const parts = fc.oneof(
    { weight: 3, arbitrary: valid },
    {
      weight: 2,
      arbitrary: withOneAmiss(
        valid,
        places.map((place): [string, Schema] => [keyOf(place), place.schema]),
        document,
      ),
    },
  );
  return fc.tuple(parts, arbitraryBody(document, operation)).map(([values, body]) => ({
    path: pathOf(operation, values),
    headers: {
      ...(body !== undefined && { 'content-type': operation.body?.type ?? 'application/json' }),
      ...headersOf(places, values),
    },
    body,
  }));
}

/** Files of iCalendar: a whole one, and others. */
const FILES = [
  calendarFile(vevent(), vevent('UID:two', 'RRULE:FREQ=DAILY')),
  calendarFile(vevent('DTSTART:x')),
  calendarFile().slice(0, -3),
  '',
];

function arbitraryBody(document: Document, { body }: Operation): fc.Arbitrary<string | undefined> {
  if (!body) return fc.constant(undefined);
  if (body.type === 'text/calendar')
    return fc.oneof(fc.constantFrom(...FILES), fc.string({ maxLength: 200 }));
  const schema = resolved(document, body.schema);
  const valid = validValue(document, schema) as fc.Arbitrary<Parts>;
  const amiss = withOneAmiss(valid, Object.entries(schema.properties ?? {}), document);
  return fc.oneof(
    { weight: 5, arbitrary: valid.map(jsonOf) },
    { weight: 5, arbitrary: amiss.map(jsonOf) },
    { weight: 1, arbitrary: junk().map(jsonOf) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        '[1,',
        '{"__proto__":{"a":1}}',
        '{"constructor":{}}',
        'null',
        '"a"',
        '\u0000',
        '['.repeat(100_000),
        undefined,
      ),
    },
  );
}

/** The same with one value out of bounds, of another kind, missing, or one too many. */
function withOneAmiss(
  valid: fc.Arbitrary<Parts>,
  fields: readonly (readonly [string, Schema])[],
  document: Document,
): fc.Arbitrary<Parts> {
  if (fields.length === 0) return valid;
  const amiss = fc
    .constantFrom(...fields)
    .chain(([name, schema]) => fc.tuple(fc.constant(name), fc.oneof(outOfBounds(document, schema), junk())));
  const change = fc.oneof(
    { weight: 6, arbitrary: amiss.map(([name, value]): Parts => ({ [name]: value })) },
    { weight: 1, arbitrary: amiss.map(([name]): Parts => ({ [name]: undefined })) },
    { weight: 1, arbitrary: junk().map((value): Parts => ({ unheard_of: value })) },
  );
  return fc.tuple(valid, change).map(([values, changed]) => Object.assign({}, values, changed));
}

function jsonOf(value: unknown): string {
  return JSON.stringify(value) ?? '';
}

function keyOf({ in: place, name }: Pick<Parameter, 'in' | 'name'>): string {
  return `${place} ${name}`;
}

function pathOf({ path, parameters }: Operation, values: Parts): string {
  let filled = path;
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(values)) {
    const [place, name] = key.split(' ', 2);
    if (value === undefined || place === 'header') continue;
    if (place === 'path') filled = filled.replace(`{${name}}`, segment(value));
    else for (const one of Array.isArray(value) ? value : [value]) query.append(name ?? key, textOf(one));
  }
  for (const { name } of parameters) filled = filled.replace(`{${name}}`, '-');
  return query.size > 0 ? `${filled}?${query.toString()}` : filled;
}

/** Dots would lead elsewhere before they are sent. */
function segment(value: unknown): string {
  const text = textOf(value);
  return /^\.*$/.test(text) ? '%zz' : encodeURIComponent(text);
}

function headersOf(places: readonly Parameter[], values: Parts): Record<string, string> {
  return Object.fromEntries(
    places
      .filter((place) => place.in === 'header' && values[keyOf(place)] !== undefined)
      // No client sends a character that a header cannot contain.
      .map((place) => [place.name, textOf(values[keyOf(place)]).replace(/[^\x20-\x7e]/g, '?')]),
  );
}

function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : jsonOf(value)).toWellFormed().slice(0, 10_000);
}
