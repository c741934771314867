import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { startStorm } from '../support/changes/storm.js';
import { stormyWorld } from '../support/changes/stormy-world.js';
import { Client } from '../support/client/client.js';
import type { Mirror } from '../support/client/incremental-list.js';
import { type FaultServer, startFaultServer } from '../support/database/fault-server.js';
import { type Service, startService } from '../support/service/service.js';

const API_KEY = 'cal_the-key-of-the-storm-0123456789-0123456789';

/** Milliseconds. */
const LENGTH = 60_000;

let server: FaultServer;
let services: Service[];
let environment: NodeJS.ProcessEnv;

beforeEach(async () => {
  server = await startFaultServer();
  environment = {
    DATABASE_URL: server.url,
    JWT_SECRET: 'a secret of the tests and of no use to anyone',
    BOOTSTRAP_API_KEY: API_KEY,
  };
  services = [];
});
afterEach(async () => {
  await Promise.all(services.map(async ({ process }) => process.end('SIGKILL')));
  await server.remove();
});

/** Follows a list until it is stopped, also while an instance is down. */
async function follow(mirror: Mirror, stopping: AbortSignal): Promise<void> {
  while (!stopping.aborted) {
    await mirror.follow().catch((error: unknown) => {
      if (!isOfInstance(error)) throw error;
    });
    await sleep(20);
  }
}

/** Whether an instance was killed during the request, or starts. */
function isOfInstance(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === 'TypeError' || message.startsWith('503');
}

/** Lets copies follow while writers write, and compares them with full lists at the end. */
async function expectEqualCopies(disturb: () => Promise<void>): Promise<void> {
  const anyInstance = () => services[Math.floor(Math.random() * services.length)].url;
  const key = new Client(services[0].url).with(API_KEY);
  const { world, mirrors } = await stormyWorld(key, new Client(services[0].url), (client) =>
    client.at(anyInstance()),
  );
  const stopping = new AbortController();
  const readers = mirrors.map(async (mirror) => follow(mirror, stopping.signal));
  const storm = startStorm(() => key.at(anyInstance()), world);
  await disturb();
  expect(storm.hasAllKinds()).toBe(true);
  await storm.stop();
  stopping.abort();
  await Promise.all(readers);
  // PostgreSQL ends the transactions of a killed instance.
  await sleep(1_000);
  for (const mirror of mirrors) {
    await mirror.follow();
    expect(mirror.inOrder()).toEqual(await mirror.ofList());
    expect(mirror.restarts).toBe(0);
  }
}

test('copies that follow tokens for a minute while 8 writers write equal a full list', async () => {
  services = [await startService(environment)];
  await expectEqualCopies(async () => sleep(LENGTH));
});

test('so do copies of two instances, each of which is killed', async () => {
  services = [await startService(environment), await startService(environment)];
  await expectEqualCopies(async () => {
    for (const index of [0, 1]) {
      await sleep(LENGTH / 3);
      await services[index].process.end('SIGKILL');
      await sleep(500);
      services[index] = await startService({ ...environment, PORT: new URL(services[index].url).port });
    }
    await sleep(LENGTH / 3);
  });
});
