import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startStorm } from '../../support/changes/storm.js';
import { stormyWorld } from '../../support/changes/stormy-world.js';
import { Client } from '../../support/client/client.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

/** Milliseconds. `npm run test:faults` has a longer storm. */
const LENGTH = 5_000;

let application: TestApplication;

beforeAll(async () => {
  application = await startTestApplication();
});
afterAll(async () => application.close());

test('copies that follow tokens while others write equal a full list at the end', async () => {
  const key = await addKey(application, 1);
  const { world, mirrors } = await stormyWorld(key, new Client(application.url), (client) => client);
  const storm = startStorm(() => key, world);
  const stopping = new AbortController();
  const readers = mirrors.map(async (mirror) => {
    while (!stopping.signal.aborted) {
      await mirror.follow();
      await sleep(20);
    }
  });
  await sleep(LENGTH);
  await eventually(async () => storm.hasAllKinds());
  await storm.stop();
  stopping.abort();
  await Promise.all(readers);
  for (const mirror of mirrors) {
    await mirror.follow();
    expect(mirror.inOrder()).toEqual(await mirror.ofList());
    expect(mirror.restarts).toBe(0);
  }
  expect(mirrors[0].events.size).toBeGreaterThan(0);
});
