import { afterAll, beforeAll, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { Client } from '../../support/client/client.js';
import { schedulingCases } from '../../support/core/scheduling-arbitraries.js';
import { PROPERTY_RUNS, printedSeed } from '../../support/core/seed.js';
import { storeCase } from '../../support/oracle/stored-case.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';

/** A nightly run may make more. */
const SEARCHES = PROPERTY_RUNS / 100;

let application: TestApplication;

beforeAll(async () => {
  application = await startTestApplication();
});
afterAll(async () => application.close());

test('a search among people with hours of dates, and times away, is that of brute force', async () => {
  const seed = printedSeed('availability');
  const client = new Client(application.url);
  for (const asked of fc.sample(schedulingCases, { seed, numRuns: SEARCHES })) {
    const { path, expected } = await storeCase(() => client, asked);
    const { status, body } = await client.get(path);
    expect({ path, status, body }).toEqual({ path, status: 200, body: expected });
  }
}, 300_000);
