import { expect, test } from '@jest/globals';
import { ValidationPipe } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import * as fc from 'fast-check';
import '../../src/app.module.js';
import { CreateEventDto } from '../../src/events/rest/dto/create-event.dto.js';
import { ListEventsDto } from '../../src/events/rest/dto/list-events.dto.js';
import { UpdateEventDto } from '../../src/events/rest/dto/update-event.dto.js';
import { compiledFields, type InputClass } from '../../src/http/input/compiled-fields.js';
import { plainInput } from '../../src/http/input/plain-input.js';
import { InputPipe } from '../../src/http/input-pipe.js';
import { FreeBusyQueryDto } from '../../src/scheduling/free-busy/rest/free-busy.dto.js';
import { NearestIntervalQueryDto } from '../../src/scheduling/nearest-interval/rest/nearest-interval-query.dto.js';
import { PROPERTY_RUNS, printedSeed } from '../support/core/seed.js';

const WEEK = { from: '2026-01-05T00:00:00Z', to: '2026-01-12T00:00:00Z' };
const EVENT = {
  title: 'Plan',
  start_date: '2026-01-05T10:00:00Z',
  duration: 3_600,
  organizer_user_id: 1,
  invited_user_ids: [2, 3],
};

/** The operations that clients send most often. */
const FREQUENT: [InputClass, object][] = [
  [FreeBusyQueryDto, { user_ids: '1', ...WEEK }],
  [
    FreeBusyQueryDto,
    { user_ids: ['1', '2'], from: '2026-01-05T00:00:00 03:00', to: WEEK.to, pending: 'free' },
  ],
  [NearestIntervalQueryDto, { duration: '1h', user_ids: ['1', '2'] }],
  [NearestIntervalQueryDto, { duration: '90m', user_ids: ['1'], working_hours: 'false', ...WEEK }],
  [ListEventsDto, WEEK],
  [ListEventsDto, { ...WEEK, limit: '10', expand: 'true', max_attendees: '0' }],
  [ListEventsDto, { sync_token: '' }],
  [CreateEventDto, EVENT],
  [CreateEventDto, { ...EVENT, description: null, repeat: { frequency: 'weekly' } }],
  [UpdateEventDto, { title: 'Other' }],
];

/** Values that some field takes, and values that none takes. */
const VALUES = (
  [
    ['', 'x', 'x'.repeat(600), '0', '1', '01', '1.5', ' 1', '-1', '2147483648', 'true', 'false', 'null'],
    ['busy', 'free', 'allow', 'reject', 'weekly', 'public', 'accepted', 'all', 'events.read'],
    ['1h', '90m', 'PT1H', '0s', '9999h', '#aabbcc', '#AABBCC', 'https://example.com/a', 'javascript:1'],
    ['2026-01-05T00:00:00Z', '2026-01-05T00:00:00 03:00', '2026-01-05', '2026-02-30', '2026-01-05T10:00:00'],
    ['Europe/Moscow', 'Europe/Nowhere', 'ann@example.com', ' ann@example.com ', '\ud800', 'a\0b'],
    [0, 1, 7, -1, 1.5, 3_600, 2 ** 31, 1e21, true, false, null, undefined],
    [[], [1], ['1'], [1, 2], ['1', 'x'], [1, 1], [null], [[1]], [{}], ['2026-01-05'], ['x', 'x']],
    [Array.from({ length: 1_001 }, (_, index) => index + 1)],
    [{}, { a: 'b' }, { a: null }, { constructor: '1' }, { toString: 1 }, { user_id: 1 }],
    [{ email: 'ann@example.com' }, [{ email: ' ann@example.com ', name: 'Ann' }], [{ email: 'x' }]],
    [{ frequency: 'weekly', interval: 2, days_of_week: [1] }, { frequency: 'x' }, [{ method: 'email' }]],
  ] as readonly unknown[][]
).flat();

const ALL_INPUTS = [
  ...(
    getMetadataStorage() as unknown as { validationMetadatas: Map<InputClass, unknown> }
  ).validationMetadatas.keys(),
];

/** The example of the document, as a body has it and as a query has it. */
function examplesOf(type: InputClass, name: string): unknown[] {
  const { example } = (Reflect.getMetadata('swagger/apiModelProperties', type.prototype, name) ?? {}) as {
    readonly example?: unknown;
  };
  return [example, Array.isArray(example) ? example.map(String) : String(example)];
}

/** Inputs with any of the fields, most of them as in the document. */
function inputs(type: InputClass): fc.Arbitrary<Record<string, unknown>> {
  const names = [...(compiledFields(type)?.keys() ?? [])];
  const fields = names.map((name): [string, fc.Arbitrary<unknown>] => [
    name,
    fc.oneof(
      { weight: 6, arbitrary: fc.constantFrom(...examplesOf(type, name)) },
      { weight: 1, arbitrary: fc.constantFrom(...VALUES) },
    ),
  ]);
  const known = fc.record(Object.fromEntries(fields), { requiredKeys: [] });
  const unknown = fc.dictionary(
    fc.constantFrom('extra', 'constructor', 'prototype', 'metadata.a'),
    fc.constant('1'),
    {
      maxKeys: 1,
    },
  );
  return fc.oneof(
    { weight: 6, arbitrary: known },
    { weight: 1, arbitrary: fc.tuple(known, unknown).map((both) => Object.assign({}, ...both)) },
    { weight: 2, arbitrary: fc.record(Object.fromEntries(fields)) },
  );
}

/** As the libraries read it, without `plainInput`. @throws {InvalidRequest} */
async function readByLibraries(type: InputClass, input: unknown): Promise<unknown> {
  const metadata = { type: 'body', metatype: type } as const;
  return ValidationPipe.prototype.transform.call(new InputPipe(), structuredClone(input), metadata);
}

/** Compares the two readings of an input. @returns whether `plainInput` has decided */
async function expectSameReading(type: InputClass, input: Record<string, unknown>): Promise<boolean> {
  const before = structuredClone(input);
  const plain = plainInput(type, input);
  expect(input).toEqual(before);
  if (plain === null) return false;
  const read = (await readByLibraries(type, input)) as object;
  expect(plain).toStrictEqual(read);
  expect(Object.getPrototypeOf(plain)).toBe(Object.getPrototypeOf(read));
  expect(Object.keys(plain)).toEqual(Object.keys(read));
  return true;
}

test.each(FREQUENT)('%p reads %p itself, as the libraries do', async (type, input) => {
  expect(await expectSameReading(type, { ...input })).toBe(true);
  // The parser of queries makes objects with a prototype of their own, which is empty.
  const parsed: Record<string, unknown> = Object.create(Object.create(null));
  expect(await expectSameReading(type, Object.assign(parsed, input))).toBe(true);
});

test('a change of one value of a frequent input is read as the libraries read it', async () => {
  let decided = 0;
  const changed = fc
    .constantFrom(...FREQUENT)
    .chain(([type, input]) =>
      fc
        .tuple(fc.constantFrom(...(compiledFields(type)?.keys() ?? [])), fc.constantFrom(...VALUES))
        .map(([name, value]) => [type, { ...input, [name]: value }] as const),
    );
  await fc.assert(
    fc.asyncProperty(changed, async ([type, input]) => {
      if (await expectSameReading(type, input)) decided += 1;
    }),
    { seed: printedSeed('a changed input'), numRuns: PROPERTY_RUNS },
  );
  expect(decided).toBeGreaterThan(PROPERTY_RUNS / 20);
  expect(decided).toBeLessThan(PROPERTY_RUNS);
});

test('every input of the service is read as the libraries read it', async () => {
  const decided = new Set<InputClass>();
  const any = fc
    .constantFrom(...ALL_INPUTS)
    .chain((type) => inputs(type).map((input) => [type, input] as const));
  await fc.assert(
    fc.asyncProperty(any, async ([type, input]) => {
      if (await expectSameReading(type, input)) decided.add(type);
    }),
    { seed: printedSeed('any input'), numRuns: PROPERTY_RUNS * 2 },
  );
  expect(decided.size).toBeGreaterThan(ALL_INPUTS.length / 2);
});
