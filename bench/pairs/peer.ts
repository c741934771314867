import { Agent } from 'node:http';
import type { Instance } from '../load/instance.js';
import { type Answer, type Call, send } from '../load/send.js';

export const MOST_CALLERS = 8;

/** One of the two services that a benchmark compares, in a process of its own. Connections are kept. */
export class Peer {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: MOST_CALLERS });

  constructor(
    /** The name of its database. */
    readonly database: string,
    private readonly instance: Instance,
  ) {}

  get pid(): number {
    return this.instance.pid;
  }

  async send(call: Call): Promise<Answer> {
    return send(this.agent, this.instance.url, call);
  }

  async read<Response>(call: Call): Promise<Response> {
    return JSON.parse((await this.send(call)).body.toString());
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.instance.stop();
  }
}

/** Sends requests by several callers. Each takes the next one when it has its response. */
export async function sendAll(
  calls: readonly Call[],
  callers: number,
  sendOne: (call: Call) => Promise<unknown>,
): Promise<void> {
  const queue = calls.values();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      // The callers share the iterator.
      for (const call of queue) await sendOne(call);
    }),
  );
}
