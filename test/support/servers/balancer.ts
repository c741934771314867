import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { endServer, listenOnLoopback } from './loopback.js';

const PROBE_INTERVAL_MS = 100;

/**
 * Sends each request to the next instance that was ready when it was last asked, over connections that stay open, and
 * never a second time: if the instance fails, the response is a 502.
 */
export class Balancer {
  private readonly ready = new Map<string, boolean>();
  private readonly agent = new Agent({ keepAlive: true });
  private readonly server = createServer((incoming, outgoing) => this.pass(incoming, outgoing));
  private readonly stopping = new AbortController();
  private probing: Promise<unknown> = Promise.resolve();
  private turn = 0;

  constructor(private readonly instances: readonly string[]) {}

  /** @returns the address */
  async start(): Promise<string> {
    this.probing = Promise.all(this.instances.map(async (instance) => this.probe(instance)));
    return `http://127.0.0.1:${await listenOnLoopback(this.server)}`;
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.probing;
    this.agent.destroy();
    await endServer(this.server);
  }

  isReady(instance: string): boolean {
    return this.ready.get(instance) ?? false;
  }

  private async probe(instance: string): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const ready = await fetch(`${instance}/health/ready`, { signal }).then(
        ({ status }) => status === 200,
        () => false,
      );
      this.ready.set(instance, ready);
      await sleep(PROBE_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private pass(incoming: IncomingMessage, outgoing: ServerResponse): void {
    const ready = this.instances.filter((instance) => this.isReady(instance));
    const instance = ready[(this.turn += 1) % ready.length];
    const fail = (error: Error): void => {
      if (!outgoing.headersSent) outgoing.writeHead(502);
      outgoing.end(error.message);
    };
    if (instance === undefined) {
      fail(new Error('No instance is ready.'));
      return;
    }
    const { method, url, headers } = incoming;
    const { connection: _, ...passed } = headers;
    const onward = request(`${instance}${url}`, { method, headers: passed, agent: this.agent });
    onward.on('error', fail);
    onward.on('response', (response) => {
      const { connection: __, ...kept } = response.headers;
      outgoing.writeHead(response.statusCode ?? 502, kept);
      response.on('error', fail);
      response.pipe(outgoing);
    });
    incoming.pipe(onward);
  }
}
