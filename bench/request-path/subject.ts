import { readdir, readFile } from 'node:fs/promises';
import { Agent, type OutgoingHttpHeaders, request } from 'node:http';
import type { Instance } from '../load/instance.js';

/** A variant of the service, and the headers of the request that is sent to it. */
export interface Subject {
  readonly name: string;
  /** Two processes that do the same: the compiler of one of them may make slower code for the whole of its life. */
  readonly instances: readonly [Instance, Instance];
  readonly headers: OutgoingHttpHeaders;
}

export interface Cost {
  /** Microseconds of processor time a request, of all threads of the process. */
  readonly processor: number;
  /** Microseconds: the median time of a response. */
  readonly response: number;
}

/** One client that sends a request after the other on one connection. */
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Sends requests, and measures their cost. */
export async function costOf(
  instance: Instance,
  headers: OutgoingHttpHeaders,
  path: string,
  requests: number,
): Promise<Cost> {
  const url = instance.url + path;
  const times: number[] = [];
  const before = await processorMicros(instance.pid);
  for (let sent = 0; sent < requests; sent += 1) {
    const start = performance.now();
    await send(url, headers);
    times.push(performance.now() - start);
  }
  const processor = ((await processorMicros(instance.pid)) - before) / requests;
  return { processor, response: quantile(times, 0.5) * 1_000 };
}

export function quantile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
}

async function send(url: string, headers: OutgoingHttpHeaders): Promise<void> {
  return new Promise((resolve, reject) => {
    request(url, { agent, headers }, (response) => {
      response.resume();
      response.on('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`${url}: ${response.statusCode}`));
      });
    })
      .on('error', reject)
      .end();
  });
}

/** To the nanosecond, in contrast to the ticks of `/proc/[pid]/stat`. */
async function processorMicros(pid: number): Promise<number> {
  const threads = await readdir(`/proc/${pid}/task`);
  const times = threads.map(async (thread) => {
    const statistics = await readFile(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').catch(() => '0');
    return Number(statistics.split(' ', 1)[0]) / 1_000;
  });
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0);
}
