import { Agent } from 'node:http';
import { quantile, type Timings } from '../scheduling/requests.js';
import { type Call, RefusedCall, send } from './send.js';

export interface Throughput {
  /** The requests that succeeded. */
  readonly calls: number;
  readonly seconds: number;
  /** The times of the responses to each method, in milliseconds, ascending. */
  readonly times: ReadonlyMap<string, Timings>;
  /** The time of the response, in milliseconds, that 99 of 100 requests stay below. */
  readonly p99: number;
}

interface CallersOptions {
  /** Called for a response whose status is no success. The caller goes on afterwards. By default, the run fails. */
  readonly onRefusal?: (refusal: RefusedCall) => Promise<void> | void;
  /** Whether the callers hang up at the end, without their last responses. */
  readonly hangUp?: boolean;
}

/** Sends requests for `seconds`. Each of the `callers` sends one request after another, always to the same service. */
export async function callFor(
  seconds: number,
  callers: number,
  urls: readonly string[],
  next: () => Call,
  { onRefusal, hangUp = false }: CallersOptions = {},
): Promise<Throughput> {
  const agent = new Agent({ keepAlive: true, maxSockets: callers });
  const durations = new Map<string, number[]>();
  const started = performance.now();
  const end = started + seconds * 1_000;
  const timer = setTimeout(() => hangUp && agent.destroy(), seconds * 1_000);
  await Promise.all(
    Array.from({ length: callers }, async (_, caller) => {
      while (performance.now() < end) {
        const began = performance.now();
        try {
          const call = next();
          await send(agent, urls[caller % urls.length] ?? '', call);
          const ofMethod = durations.get(call[0]) ?? [];
          durations.set(call[0], ofMethod);
          ofMethod.push(performance.now() - began);
        } catch (error) {
          if (error instanceof RefusedCall && onRefusal) await onRefusal(error);
          else if (!(hangUp && performance.now() >= end)) throw error;
        }
      }
    }),
  );
  const elapsed = (performance.now() - started) / 1_000;
  clearTimeout(timer);
  agent.destroy();
  const all = ascending([...durations.values()].flat());
  return {
    calls: all.length,
    seconds: elapsed,
    times: new Map([...durations].map(([method, times]) => [method, ascending(times)])),
    p99: quantile(all, 0.99),
  };
}

function ascending(times: readonly number[]): Timings {
  return times.toSorted((a, b) => a - b);
}
