import {
  DEFAULT_POOL_SIZE,
  DEFAULT_SCHEMA,
  type Pooler,
} from '../../platform/configuration/sections/database-configuration.js';

/** How the service's connections are named in `pg_stat_activity`. */
export const APPLICATION_NAME = 'calendar-backend';

/** Milliseconds that a request waits for a new connection or for a connection of the pool. */
export const CONNECTION_TIMEOUT_MS = 3_000;

/** How the connections of one pool behave. */
export interface PoolOptions {
  /** The schema of the service's tables. */
  readonly schema: string;
  readonly pooler: Pooler;
  readonly poolSize: number;
  /** Whether transactions are read-write although the database or the role has a read-only default. */
  readonly overridesReadOnly: boolean;
  /** Whether a new connection has settings in its start-up packet, which poolers refuse. */
  readonly sendsOptions: boolean;
}

export const DEFAULT_POOL_OPTIONS: PoolOptions = {
  schema: DEFAULT_SCHEMA,
  pooler: 'none',
  poolSize: DEFAULT_POOL_SIZE,
  overridesReadOnly: false,
  sendsOptions: false,
};
