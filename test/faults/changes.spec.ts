import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { ChangeLog } from '../../src/changes/log/change-log.js';
import { expectNoMissedChange, type Proof } from '../support/changes/proof.js';
import { Random } from '../support/changes/random.js';
import { createWrittenWorld } from '../support/changes/written-world.js';
import { Client } from '../support/client/client.js';
import { printedSeed } from '../support/core/seed.js';
import { JWT_SECRET, startTestApplication, type TestApplication } from '../support/service/application.js';
import { BalancedInstances } from '../support/service/balanced-instances.js';

const DURATION_MS = 60_000;

/** Longer than the proof and the full reads after it, on a busy machine. */
const TIMEOUT_MS = 360_000;

const KEY = `cal_${'k'.repeat(40)}`;

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
      DATABASE_URL: application.database.url,
      JWT_SECRET,
      BOOTSTRAP_API_KEY: KEY,
    });
    started.push(instances);
    return instances;
  }

  async function proofOf({ url }: BalancedInstances, seed: number): Promise<Proof> {
    const anyone = new Client(url);
    const world = await createWrittenWorld(anyone, anyone.with(KEY));
    return { world, log: application.app.get(ChangeLog), databaseUrl: application.database.url, seed };
  }

  test(
    'for a minute',
    async () => {
      const proof = await proofOf(await start(1), printedSeed('changes for a minute'));
      const { lost } = await expectNoMissedChange(proof, async () => sleep(DURATION_MS));
      expect(lost).toBe(0);
    },
    TIMEOUT_MS,
  );

  test(
    'while each of two instances is killed, again and again',
    async () => {
      const instances = await start(2);
      const proof = await proofOf(instances, printedSeed('changes with kills'));
      const random = new Random(proof.seed);
      const { lost } = await expectNoMissedChange(proof, async () => {
        for (const end = Date.now() + DURATION_MS; Date.now() < end; ) await instances.killEach(random);
      });
      expect(lost).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});
