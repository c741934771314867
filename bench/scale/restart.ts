import { setTimeout as sleep } from 'node:timers/promises';
import type { ThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { postmasterPid } from '../load/processor-time.js';
import type { Peer } from '../pairs/peer.js';

const PROBE_MILLIS = 100;
const LONGEST_MILLIS = 60_000;

/** Restarts the server, which comes back at its address, and waits until the peers reach it. */
export async function restart(server: ThrowAwayPostgres, peers: readonly Peer[]): Promise<void> {
  const before = await postmasterPid(server);
  process.kill(before, 'SIGINT');
  await until(async () => ![0, before].includes(await postmasterPid(server)));
  for (const peer of peers) {
    await until(async () =>
      peer.send(['GET', '/health/ready']).then(
        () => true,
        () => false,
      ),
    );
  }
}

async function until(reached: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + LONGEST_MILLIS;
  while (!(await reached())) {
    if (performance.now() > end) throw new Error('The restart of the server takes too long.');
    await sleep(PROBE_MILLIS);
  }
}
