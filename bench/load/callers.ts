import { Agent, request } from 'node:http';

/** One request: its method, path, and body. */
export type Call = readonly [method: string, path: string, body?: unknown];

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

async function send(agent: Agent, url: string, [method, path, body]: Call): Promise<void> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return new Promise((resolve, reject) => {
    request(
      url + path,
      { method, agent, ...(text !== undefined && { headers: { 'content-type': 'application/json' } }) },
      (response) => {
        response.resume();
        response.on('end', () => {
          if ((response.statusCode ?? 500) < 300) resolve();
          else reject(new Error(`${method} ${path}: ${response.statusCode}`));
        });
      },
    )
      .on('error', reject)
      .end(text);
  });
}
