import type { Pool, PoolConfig } from 'pg';
import type { DataSource } from 'typeorm';
import {
  APPLICATION_NAME,
  CONNECTION_TIMEOUT_MS,
  DEFAULT_POOL_OPTIONS,
  type PoolOptions,
} from '../connection/pool-options.js';
import { Session } from './session.js';
import { SessionClient } from './session-client.js';

/** The options of a pool whose connections are `SessionClient`s, as `pg` takes them. */
export interface SessionPoolConfig extends PoolConfig {
  readonly session: Session;
}

/** The options of every pool of connections. */
export function connectionOptions(options: Partial<PoolOptions> = {}): SessionPoolConfig {
  const { poolSize, ...session } = { ...DEFAULT_POOL_OPTIONS, ...options };
  return {
    application_name: APPLICATION_NAME,
    max: poolSize,
    connectionTimeoutMillis: CONNECTION_TIMEOUT_MS,
    keepAlive: true,
    Client: SessionClient as unknown as PoolConfig['Client'],
    session: new Session(session),
  };
}

/** The pool of a DataSource that is initialised. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}

/** The session of the connections of a DataSource. */
export function sessionOf(dataSource: DataSource): Session {
  return (dataSource.options as unknown as { extra: SessionPoolConfig }).extra.session;
}
