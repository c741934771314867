import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ChangeLog } from '../../../src/changes/log/change-log.js';
import { holdTransactions } from '../../support/changes/held-transactions.js';
import { startLogConsumers } from '../../support/changes/log-consumers.js';
import { expectLogged } from '../../support/changes/logged-writes.js';
import { Random } from '../../support/changes/random.js';
import { startWriters } from '../../support/changes/writers.js';
import { createWrittenWorld, type WrittenWorld } from '../../support/changes/written-world.js';
import { Client } from '../../support/client/client.js';
import { printedSeed } from '../../support/core/seed.js';
import { eventually } from '../../support/database/data-directory.js';
import { startTestApplication, type TestApplication } from '../../support/service/application.js';
import { addKey } from '../../support/tenants/tenant.js';

const WRITERS = 8;

let application: TestApplication;
let world: WrittenWorld;

beforeAll(async () => {
  application = await startTestApplication();
  world = await createWrittenWorld(new Client(application.url), await addKey(application, 1));
});
afterAll(async () => application.close());

test('no change is missed', async () => {
  const seed = printedSeed('no change is missed');
  const databaseUrl = application.database.url;
  const log = application.app.get(ChangeLog);
  const consumers = await startLogConsumers(log, [
    { limit: 1_000, pauseMs: 0 },
    { limit: 7, pauseMs: 30 },
  ]);
  const writers = startWriters(world, WRITERS, seed);
  const [ann] = world.people;
  const { body } = await ann.client.create('/events', {
    title: 'Held',
    organizer_user_id: ann.id,
    start_date: '2126-01-07T09:00:00Z',
    duration: 60,
  });
  writers.written.acknowledge('hold', [{ eventId: body.id, version: 1, certain: true }]);
  const held = holdTransactions(databaseUrl, body.id, writers.written, new Random(seed));
  await sleep(5_000);
  await eventually(async () => writers.haveDoneEach(1));
  await writers.finish();
  await held.finish();
  await consumers.finish(databaseUrl);
  await expectLogged(databaseUrl, writers.written);
});
