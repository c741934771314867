import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ChangeLog } from '../../../src/changes/log/change-log.js';
import { expectNoMissedChange } from '../../support/changes/proof.js';
import { createWrittenWorld, type WrittenWorld } from '../../support/changes/written-world.js';
import { Client } from '../../support/client/client.js';
import { printedSeed } from '../../support/core/seed.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** `npm run test:faults` has a longer proof. */
const DURATION_MS = 5_000;

/** Longer than the full reads at the end, on a busy machine. */
const TIMEOUT_MS = 180_000;

let application: TestApplication;
let world: WrittenWorld;

beforeAll(async () => {
  application = await startTestApplication();
  world = await createWrittenWorld(new Client(application.url), await addKey(application, 1));
});
afterAll(async () => application.close());

test(
  'readers of the lists and of the log miss no change of concurrent writers',
  async () => {
    const seed = printedSeed('changes of concurrent writers');
    const log = application.app.get(ChangeLog);
    const proof = { world, log, databaseUrl: application.database.url, seed };
    const { lost } = await expectNoMissedChange(proof, async () => sleep(DURATION_MS));
    expect(lost).toBe(0);
  },
  TIMEOUT_MS,
);
