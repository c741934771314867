import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { startTestApplication, type TestApplication } from '../support/application.js';
import { Client } from '../support/client.js';
import { AnswerValidator } from '../support/openapi/answer-validator.js';
import { arbitraryRequest, type GeneratedRequest } from '../support/openapi/arbitrary-request.js';
import { type Document, type Operation, operationsOf } from '../support/openapi/operation.js';
import { printedSeed } from '../support/seed.js';

const document: Document = JSON.parse(readFileSync('openapi.json', 'utf8'));
const validator = new AnswerValidator(document);
const seed = printedSeed('every operation, with generated requests');

/** Of each operation; `GENERATED_RUNS=1000 npm test -- generated` looks further. */
const RUNS = Number(process.env.GENERATED_RUNS ?? 60);

const PATIENCE_MS = 5_000;

describe('every operation of the document', () => {
  let application: TestApplication;

  beforeAll(async () => {
    application = await startTestApplication();
    const client = new Client(application.url);
    for (const name of ['ann', 'bob', 'cid']) {
      await client.post('/users', { name, email: `${name}@example.com` });
    }
    for (const repeat of [null, { frequency: 'daily' }, { frequency: 'weekly', count: 5 }]) {
      await client.post('/events', {
        title: 'Planning',
        start_date: '2022-09-06T14:16:47Z',
        duration: 3600,
        organizer_user_id: 1,
        invited_user_ids: [2, 3],
        repeat,
      });
    }
  });
  afterAll(async () => application.close());

  /** What is wrong with the answer; empty when nothing is. */
  async function faultsOf(
    operation: Operation,
    { path, headers, body }: GeneratedRequest,
  ): Promise<string[]> {
    const started = performance.now();
    const answer = await fetch(application.url + path, {
      method: operation.method,
      headers,
      ...(body !== undefined && { body }),
    });
    const text = await answer.text();
    const elapsed = performance.now() - started;
    const mediaType = answer.headers.get('content-type')?.split(';')[0] ?? null;
    const parsed = text === '' ? null : mediaType === 'text/plain' ? text : JSON.parse(text);
    return [
      ...(answer.status >= 500 ? [`${answer.status} ${text}`] : []),
      ...(elapsed > PATIENCE_MS ? [`took ${elapsed} ms`] : []),
      ...(answer.status >= 400 && mediaType !== 'application/problem+json'
        ? [`no problem: ${mediaType}`]
        : []),
      ...(answer.headers.has('x-request-id') || [400, 431].includes(answer.status)
        ? []
        : ['has no request id']),
      ...validator.faults(operation, answer.status, mediaType, parsed),
    ];
  }

  test.each(operationsOf(document).map((operation) => ({ name: operation.operationId, operation })))(
    '$name answers as it says, whatever it is asked',
    async ({ operation }) => {
      await fc.assert(
        fc.asyncProperty(arbitraryRequest(document, operation), async (request) => {
          expect(await faultsOf(operation, request)).toEqual([]);
        }),
        { seed, numRuns: RUNS },
      );
    },
  );
});
