import { callFor, type Throughput } from '../load/callers.js';
import type { Instance } from '../load/instance.js';
import { processorTime } from '../load/processor-time.js';
import type { Call } from '../load/send.js';

/** Instances, and the other processes that their requests use. */
export interface Deployment {
  readonly name: string;
  readonly instances: readonly Instance[];
  /** The process of the primary, whose children serve its connections. */
  readonly primary: number;
  /** Null: none. */
  readonly replica: number | null;
  readonly pgBouncer: number | null;
}

/** Milliseconds of processor time a request; null: the deployment lacks the part. */
export interface Cost {
  readonly service: number;
  readonly primary: number;
  readonly replica: number | null;
  readonly pgBouncer: number | null;
}

/** One round of requests to a deployment. */
export interface Round extends Throughput {
  readonly cost: Cost;
}

/** Sends requests to a deployment for `seconds`, after a second for each instance that does not count. */
export async function measure(
  deployment: Deployment,
  seconds: number,
  callers: number,
  next: () => Call,
): Promise<Round> {
  const urls = deployment.instances.map(({ url }) => url);
  await callFor(urls.length, callers, urls, next);
  const before = await spent(deployment);
  const throughput = await callFor(seconds, callers, urls, next);
  const after = await spent(deployment);
  const perCall = (part: keyof Cost) =>
    after[part] === null || before[part] === null ? null : (after[part] - before[part]) / throughput.calls;
  const cost = {
    service: perCall('service') ?? 0,
    primary: perCall('primary') ?? 0,
    replica: perCall('replica'),
    pgBouncer: perCall('pgBouncer'),
  };
  return { ...throughput, cost };
}

/** Processor time of all parts a request. */
export function totalOf({ service, primary, replica, pgBouncer }: Cost): number {
  return service + primary + (replica ?? 0) + (pgBouncer ?? 0);
}

async function spent({ instances, primary, replica, pgBouncer }: Deployment): Promise<Cost> {
  const ofInstances = await Promise.all(instances.map(async ({ pid }) => processorTime(pid)));
  return {
    service: ofInstances.reduce((sum, time) => sum + time, 0),
    primary: await timeOfServer(primary),
    replica: replica === null ? null : await timeOfServer(replica),
    pgBouncer: pgBouncer === null ? null : await processorTime(pgBouncer),
  };
}

/** The larger of two readings: a connection that ends during a reading may be missing in it. */
async function timeOfServer(pid: number): Promise<number> {
  return Math.max(await processorTime(pid), await processorTime(pid));
}
