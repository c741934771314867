import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';
import type { SessionPoolConfig } from '../data-source-options.js';
import type { Session } from '../session/session.js';

/** The connections of a DataSource that is initialised. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}

/** The session of the DataSource's connections. */
export function sessionOf(dataSource: DataSource): Session {
  return (dataSource.options as unknown as { extra: SessionPoolConfig }).extra.session;
}
