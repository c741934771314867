import { Agent } from 'node:http';
import { type Call, send } from './send.js';

export interface Throughput {
  readonly calls: number;
  readonly seconds: number;
  /** The time of the response, in milliseconds, that 99 of 100 requests stay below. */
  readonly p99: number;
}

/** Sends requests for `seconds`. Each of the `callers` sends one request after another, always to the same service. */
export async function callFor(
  seconds: number,
  callers: number,
  urls: readonly string[],
  next: () => Call,
): Promise<Throughput> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const durations: number[] = [];
  const started = performance.now();
  const end = started + seconds * 1_000;
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        const began = performance.now();
        await send(agent, urls[caller % urls.length] ?? '', next());
        durations.push(performance.now() - began);
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1_000;
  agent.destroy();
  const sorted = durations.toSorted((a, b) => a - b);
  return { calls: durations.length, seconds: elapsed, p99: sorted[Math.floor(sorted.length * 0.99)] ?? NaN };
}
