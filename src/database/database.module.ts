import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { Configuration } from '../common/configuration.js';
import { isConnectionFailure } from './connection-failure.js';
import { dataSourceOptions } from './data-source-options.js';
import { poolOf } from './pool.js';
import { ReadReplica } from './read-replica.js';
import { runMigrations } from './run-migrations.js';
import { closeSilentConnections } from './silent-connections.js';
import { UnitOfWork } from './unit-of-work.js';

/** A minute: what a server beside the service takes to start, first initialisation included. */
const CONNECTION_ATTEMPTS = 60;
const CONNECTION_PAUSE_MS = 1_000;

/** The connection to PostgreSQL, its schema brought up to date before anything uses it. */
@Global()
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [Configuration],
      useFactory: ({ databaseUrl }: Configuration) => {
        if (databaseUrl === null) {
          throw new Error('The address of the database is not known.');
        }
        return {
          ...dataSourceOptions(databaseUrl),
          retryAttempts: CONNECTION_ATTEMPTS,
          retryDelay: CONNECTION_PAUSE_MS,
          toRetry: isConnectionFailure,
        };
      },
      dataSourceFactory: async (options?: DataSourceOptions) => connect(options),
    }),
  ],
  providers: [ReadReplica, UnitOfWork],
  exports: [ReadReplica, UnitOfWork, TypeOrmModule],
})
export class DatabaseModule {}

async function connect(options?: DataSourceOptions): Promise<DataSource> {
  if (!options) {
    throw new Error('The DataSource needs its options.');
  }
  const dataSource = await new DataSource(options).initialize();
  try {
    await runMigrations(dataSource);
  } catch (error) {
    await dataSource.destroy();
    throw error;
  }
  // Only now, since a migration may well be silent for longer.
  closeSilentConnections(poolOf(dataSource));
  return dataSource;
}
