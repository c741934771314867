import { expect } from '@jest/globals';
import { ChangeLog } from '../../../src/changes/log/change-log.js';
import { Client } from '../client/client.js';
import { JWT_SECRET, type TestApplication } from '../service/application.js';
import type { BalancedInstances } from '../service/balanced-instances.js';
import { expectNoMissedChange, type Proof } from './proof.js';
import { Random } from './random.js';
import { createWrittenWorld } from './written-world.js';

const KEY = `cal_${'k'.repeat(40)}`;

/** What instances of a proof must have in their environment. */
export const PROOF_ENVIRONMENT = { JWT_SECRET, BOOTSTRAP_API_KEY: KEY };

/** @param application an instance in the process of the test, over the same database, for the consumers of the log alone */
export async function proofOf(
  { url }: BalancedInstances,
  { app, database }: TestApplication,
  seed: number,
): Promise<Proof> {
  const anyone = new Client(url);
  const world = await createWrittenWorld(anyone, anyone.with(KEY));
  return { world, log: app.get(ChangeLog), databaseUrl: database.url, seed };
}

/** The proof while each instance is killed and starts again, over and over. @param durationMs the least time of the kills */
export async function expectNoMissedChangeWithKills(
  proof: Proof,
  instances: BalancedInstances,
  durationMs: number,
): Promise<void> {
  const random = new Random(proof.seed);
  const { lost } = await expectNoMissedChange(proof, async () => {
    for (const end = Date.now() + durationMs; Date.now() < end; ) await instances.killEach(random);
  });
  expect(lost).toBeGreaterThan(0);
}
