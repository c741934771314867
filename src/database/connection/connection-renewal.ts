import type { Pool, PoolClient } from 'pg';

/** A server that stays read-only fails each write, and must not cost a connection each time. */
const RENEWAL_INTERVAL_MS = 1_000;

/** Replaces the connections of a pool, so that the next statements reach the server that the address now leads to. */
export class ConnectionRenewal {
  private generation = 0;
  private renewedAt = -Infinity;
  private readonly generations = new WeakMap<PoolClient, number>();

  constructor(private readonly pool: Pool) {
    pool.on('connect', (client) => this.generations.set(client, this.generation));
    pool.on('release', (_, client) => {
      // The pool drops a connection that ends.
      if ((this.generations.get(client) ?? 0) !== this.generation) void client.end().catch(() => undefined);
    });
  }

  /** Closes idle connections at once and the others when their work is done. At most once a second. */
  renew(): void {
    const now = performance.now();
    if (now - this.renewedAt < RENEWAL_INTERVAL_MS) return;
    this.renewedAt = now;
    this.generation += 1;
    for (let idle = this.pool.idleCount; idle > 0; idle -= 1) {
      this.pool.connect().then(
        (client) => client.release(),
        () => undefined,
      );
    }
  }
}
