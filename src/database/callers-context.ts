import { AsyncResource } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';

type Callback = (error: Error | undefined, client: PoolClient | undefined, release: () => void) => void;

/**
 * Lets each query of the pool run in the asynchronous context of its caller. By itself, the pool runs a query that waited
 * for a connection in the context of the request that released the connection, and so in the trace of that request.
 */
export function keepCallersContext(pool: Pool): void {
  const connect = pool.connect.bind(pool) as (callback?: Callback) => unknown;
  pool.connect = ((callback?: Callback) =>
    connect(callback && AsyncResource.bind(callback))) as Pool['connect'];
}
