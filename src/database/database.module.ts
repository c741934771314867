import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { Configuration } from '../common/configuration.js';
import { isConnectionFailure } from './connection-failure.js';
import { DatabaseHealth } from './database-health.js';
import { openDatabase } from './open-database.js';
import { PoolerHint } from './pooler-hint.js';
import { ReadReplica } from './read-replica.js';
import { UnitOfWork } from './unit-of-work.js';

/** A minute: what a server beside the service takes to start, first initialisation included. */
const CONNECTION_ATTEMPTS = 60;
const CONNECTION_PAUSE_MS = 1_000;

/** The connection to PostgreSQL, its schema brought up to date before anything uses it. */
@Module({})
export class DatabaseModule {
  static of(configuration: Configuration): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({
            type: 'postgres',
            retryAttempts: CONNECTION_ATTEMPTS,
            retryDelay: CONNECTION_PAUSE_MS,
            toRetry: isConnectionFailure,
          }),
          dataSourceFactory: async () => openDatabase(configuration),
        }),
      ],
      providers: [DatabaseHealth, PoolerHint, ReadReplica, UnitOfWork],
      exports: [DatabaseHealth, ReadReplica, UnitOfWork, TypeOrmModule],
    };
  }
}
