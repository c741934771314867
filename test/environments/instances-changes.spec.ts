import { afterAll, beforeAll, test } from '@jest/globals';
import {
  expectNoMissedChangeWithKills,
  PROOF_ENVIRONMENT,
  proofOf,
} from '../support/changes/proof-of-instances.js';
import { printedSeed } from '../support/core/seed.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';
import { ReplicatedInstances } from '../support/service/replicated-instances.js';

const DURATION_MS = 30_000;

/** Longer than the proof and the full reads after it, on a busy machine. */
const TIMEOUT_MS = 360_000;

let deployment: ReplicatedInstances;
/** An instance in the process of the test, for the consumers of the log alone. */
let application: TestApplication;

beforeAll(async () => {
  deployment = await ReplicatedInstances.start(PROOF_ENVIRONMENT);
  const database = { url: deployment.primary.url, drop: async () => undefined };
  application = await startTestApplication({}, undefined, undefined, database);
});
afterAll(async () => {
  await application.close();
  await deployment.stop();
});

test(
  'readers miss no change of concurrent writers while each of two instances behind PgBouncer is killed',
  async () => {
    const proof = await proofOf(deployment.instances, application, printedSeed('changes behind PgBouncer'));
    await expectNoMissedChangeWithKills(proof, deployment.instances, DURATION_MS);
  },
  TIMEOUT_MS,
);
