import type { Pool } from 'pg';
import type { DataSource } from 'typeorm';

/** The connections of a DataSource that is initialised. */
export function poolOf(dataSource: DataSource): Pool {
  return (dataSource.driver as unknown as { master: Pool }).master;
}
