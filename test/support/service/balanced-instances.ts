import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../changes/random.js';
import { eventually } from '../database/data-directory.js';
import { Balancer } from '../servers/balancer.js';
import { type Service, startService } from './service.js';

/** The longest time for which all instances run, and for which one is down. */
const MAX_PAUSE_MS = 5_000;

/** Instances of the service, processes over one database, behind a balancer. */
export class BalancedInstances {
  private constructor(
    private readonly services: Service[],
    private readonly balancer: Balancer,
    /** The address of the balancer. */
    readonly url: string,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  static async start(count: number, environment: NodeJS.ProcessEnv): Promise<BalancedInstances> {
    const services: Service[] = [];
    while (services.length < count) services.push(await startService(environment));
    const balancer = new Balancer(services.map(({ url }) => url));
    const instances = new BalancedInstances(services, balancer, await balancer.start(), environment);
    await instances.ready();
    return instances;
  }

  /** The addresses of the instances themselves. */
  get urls(): string[] {
    return this.services.map(({ url }) => url);
  }

  /** Kills each instance at some time, one after the other, and starts it again while the others serve. */
  async killEach(random: Random): Promise<void> {
    for (const [index, { url, process }] of this.services.entries()) {
      await pause(random);
      await process.end('SIGKILL');
      await pause(random);
      this.services[index] = await startService({ ...this.environment, PORT: new URL(url).port });
      await this.ready();
    }
  }

  async stop(): Promise<void> {
    await this.balancer.stop();
    await Promise.all(this.services.map(async ({ process }) => process.end('SIGKILL')));
  }

  private async ready(): Promise<void> {
    await eventually(async () => this.services.every(({ url }) => this.balancer.isReady(url)));
  }
}

async function pause(random: Random): Promise<void> {
  await sleep(random.between(0, MAX_PAUSE_MS));
}
