import type { Peer } from '../pairs/peer.js';
import { quantile } from '../scheduling/requests.js';
import type { Call } from './send.js';

const PROBES = 200;

/** The time of a response, in milliseconds, that 99 of 100 requests of a single caller stay below. */
export async function usualTime(peer: Peer, next: () => Call): Promise<number> {
  const times: number[] = [];
  for (let sent = 0; sent < PROBES; sent += 1) {
    const began = performance.now();
    await peer.send(next());
    times.push(performance.now() - began);
  }
  return quantile(
    times.toSorted((a, b) => a - b),
    0.99,
  );
}

/** The time from now, in milliseconds, to the first response that takes no longer than `usual`. A refusal counts as a slow one. */
export async function recoveryTime(peer: Peer, next: () => Call, usual: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const began = performance.now();
    const answered = await peer.send(next()).then(
      () => true,
      () => false,
    );
    const now = performance.now();
    if (answered && now - began <= usual) return now - started;
  }
}
