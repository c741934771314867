import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { expectNoMissedChange } from '../support/changes/proof.js';
import {
  expectNoMissedChangeWithKills,
  PROOF_ENVIRONMENT,
  proofOf,
} from '../support/changes/proof-of-instances.js';
import { printedSeed } from '../support/core/seed.js';
import { startTestApplication, type TestApplication } from '../support/service/application.js';
import { BalancedInstances } from '../support/service/balanced-instances.js';

const DURATION_MS = 60_000;

/** Longer than the proof and the full reads after it, on a busy machine. */
const TIMEOUT_MS = 360_000;

describe('readers of the lists and of the log miss no change of concurrent writers', () => {
  /** An instance in the process of the test, for the consumers of the log alone. */
  let application: TestApplication;
  let started: BalancedInstances[];

  beforeEach(async () => {
    application = await startTestApplication();
    started = [];
  });
  afterEach(async () => {
    for (const instances of started) await instances.stop();
    await application.close();
  });

  async function start(count: number): Promise<BalancedInstances> {
    const instances = await BalancedInstances.start(count, {
      ...PROOF_ENVIRONMENT,
      DATABASE_URL: application.database.url,
    });
    started.push(instances);
    return instances;
  }

  test(
    'for a minute',
    async () => {
      const proof = await proofOf(await start(1), application, printedSeed('changes for a minute'));
      const { lost } = await expectNoMissedChange(proof, async () => sleep(DURATION_MS));
      expect(lost).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'while each of two instances is killed, again and again',
    async () => {
      const instances = await start(2);
      const proof = await proofOf(instances, application, printedSeed('changes with kills'));
      await expectNoMissedChangeWithKills(proof, instances, DURATION_MS);
    },
    TIMEOUT_MS,
  );
});
