import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Client, textOf } from '../../support/client/client.js';
import { printedSeed } from '../../support/core/seed.js';
import { arbitraryRequest, type GeneratedRequest } from '../../support/openapi/arbitrary-request.js';
import { type Document, type Operation, operationsOf } from '../../support/openapi/operation.js';
import { ResponseValidator } from '../../support/openapi/response-validator.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const validator = new ResponseValidator(document);
const seed = printedSeed('every operation, with generated requests');

/** Of each operation; `GENERATED_RUNS=1000 npm test -- generated` looks further. */
const RUNS = Number(process.env.GENERATED_RUNS ?? 60);

const PATIENCE_MS = 5_000;

/** How many callers send at the same time. */
const CALLERS = 8;

const API_KEY = 'cal_the-key-of-generated-requests-0123456789';
const OF_KEY = { authorization: `Bearer ${API_KEY}` };

/** The last user of the service, with a password. */
const LOGIN = { email: 'dora@example.com', password: 'correct horse battery staple' };

/** A service with users and events between them. */
async function startWithEvents(): Promise<TestApplication> {
  const application = await startTestApplication({ BOOTSTRAP_API_KEY: API_KEY });
  const client = new Client(application.url);
  for (const name of ['ann', 'bob', 'cid'])
    await client.create('/users', { name, email: `${name}@example.com` });
  await client.create('/users', { name: 'dora', ...LOGIN });
  for (const repeat of [null, { frequency: 'daily' }, { frequency: 'weekly', count: 5 }] as const) {
    await client.create('/events', {
      title: 'Planning',
      start_date: '2022-09-06T14:16:47Z',
      duration: 3600,
      organizer_user_id: 1,
      invited_user_ids: [2, 3],
      repeat,
    });
  }
  return application;
}

/** The faults of a response, by the document; empty if it has none. */
async function faultsOf(
  { url }: TestApplication,
  operation: Operation,
  { path, headers, body }: GeneratedRequest,
): Promise<string[]> {
  const answer = await fetch(url + path, {
    method: operation.method,
    headers,
    ...(body !== undefined && { body }),
  });
  const text = await textOf(answer);
  const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? null;
  const parsed = text === '' ? null : mediaType?.startsWith('text/') ? text : JSON.parse(text);
  return [
    ...(answer.status >= 500 ? [`${answer.status} ${text}`] : []),
    ...(answer.status >= 400 && mediaType !== 'application/problem+json' ? [`no problem: ${mediaType}`] : []),
    ...(answer.headers.has('x-request-id') || [400, 431].includes(answer.status)
      ? []
      : ['has no request id']),
    ...validator.faults(operation, answer.status, mediaType, parsed),
  ];
}

describe('every operation of the document', () => {
  let application: TestApplication;
  let person: Record<string, string>;
  beforeAll(async () => {
    application = await startWithEvents();
    const { body: token } = await new Client(application.url).post('/auth/login', LOGIN);
    person = { authorization: `Bearer ${token.access_token}` };
  });
  afterAll(async () => application.close());

  const callers = [
    { caller: 'no token', identityOf: () => ({}) },
    { caller: 'a key', identityOf: () => OF_KEY },
    { caller: 'a person', identityOf: () => person },
  ];

  test.each(
    operationsOf(document).flatMap((operation) =>
      callers.map((caller) => ({ name: operation.operationId, operation, ...caller })),
    ),
  )(
    '$name responds as the document says to every generated request with $caller',
    async ({ operation, identityOf }) => {
      await fc.assert(
        fc.asyncProperty(arbitraryRequest(document, operation), async (request) => {
          const started = performance.now();
          const headers = { ...request.headers, ...identityOf() };
          const faults = await faultsOf(application, operation, { ...request, headers });
          const elapsed = performance.now() - started;
          expect(elapsed > PATIENCE_MS ? [...faults, `took ${elapsed} ms`] : faults).toEqual([]);
        }),
        { seed, numRuns: RUNS / callers.length },
      );
    },
  );
});

describe('the service asked by several callers at a time', () => {
  let application: TestApplication;
  beforeAll(async () => {
    application = await startWithEvents();
  });
  afterAll(async () => application.close());

  /** The token of a user with a password, who attends the existing events. */
  async function tokenOf(name: string): Promise<string> {
    const client = new Client(application.url);
    const login = { email: `${name}@example.com`, password: 'correct horse battery staple' };
    const { body: user } = await client.create('/users', { name, ...login });
    for (const repeat of [null, { frequency: 'weekly' }] as const) {
      await client.create('/events', {
        title: 'Planning',
        start_date: '2022-09-06T14:16:47Z',
        duration: 3600,
        organizer_user_id: 1,
        invited_user_ids: [2, user.id],
        repeat,
      });
    }
    return (await client.post('/auth/login', login)).body.access_token;
  }

  test('answers as the document says, and never by a fault of its own', async () => {
    const operations = operationsOf(document);
    const one = fc
      .constantFrom(...operations)
      .chain((operation) =>
        fc.record({ operation: fc.constant(operation), request: arbitraryRequest(document, operation) }),
      );
    const identities: readonly Record<string, string>[] = [
      { authorization: `Bearer ${await tokenOf('dan')}` },
      { authorization: `Bearer ${await tokenOf('eve')}` },
      OF_KEY,
      { ...OF_KEY, 'act-as-user': '2' },
    ];
    const calls = fc.sample(one, { seed, numRuns: CALLERS * RUNS * 2 });
    const faults: unknown[] = [];
    const callers = Array.from({ length: CALLERS }, async (_, caller) => {
      const identity = identities[caller] ?? {};
      for (const { operation, request } of calls.filter((__, index) => index % CALLERS === caller)) {
        const headers = { ...request.headers, ...identity };
        const found = await faultsOf(application, operation, { ...request, headers });
        if (found.length > 0) faults.push({ caller, operation: operation.operationId, request, found });
      }
    });
    await Promise.all(callers);
    expect(faults).toEqual([]);
  });
});
