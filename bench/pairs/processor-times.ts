import type { Client } from 'pg';
import { exactProcessorTime } from '../load/processor-time.js';
import type { Peer } from './peer.js';

export interface Spent {
  /** Milliseconds of the process of the peer. */
  readonly node: number;
  /** Milliseconds of its sessions, without the processes that serve all databases, such as that of the checkpoints. */
  readonly postgres: number;
}

/** Measures the processor time of the peers. */
export class ProcessorTimes {
  constructor(private readonly client: Client) {}

  /** The processor time of the peer while some work is done. A session that ends meanwhile does not count. */
  async during(peer: Peer, work: () => Promise<void>): Promise<Spent> {
    const [node, sessions] = [await exactProcessorTime(peer.pid), await this.sessions(peer)];
    await work();
    const after = await this.sessions(peer);
    return {
      node: (await exactProcessorTime(peer.pid)) - node,
      postgres: [...after].reduce((sum, [pid, used]) => sum + used - (sessions.get(pid) ?? 0), 0),
    };
  }

  private async sessions({ database }: Peer): Promise<Map<number, number>> {
    const { rows } = await this.client.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'`,
      [database],
    );
    return new Map(
      await Promise.all(rows.map(async ({ pid }) => [pid, await exactProcessorTime(pid)] as const)),
    );
  }
}
