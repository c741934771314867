import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { Configuration } from '../platform/configuration/configuration.js';
import { CurrentTenant } from './current-tenant.js';
import { DatabaseHealth } from './database-health.js';
import { DatabaseOpening } from './database-opening.js';
import { PoolerHint } from './examination/pooler-hint.js';
import { postgresOptions } from './postgres-options.js';
import { ReadReplica } from './read-replica.js';
import { UnitOfWork } from './unit-of-work.js';

/** The connection to PostgreSQL. `DatabaseOpening` connects it; nothing uses it before. */
@Module({})
export class DatabaseModule {
  /** @param entities those of all modules, which own their tables */
  static of({ databaseUrl }: Configuration, entities: DataSourceOptions['entities']): DynamicModule {
    return {
      module: DatabaseModule,
      global: true,
      imports: [
        TypeOrmModule.forRootAsync({
          useFactory: () => ({ type: 'postgres', manualInitialization: true }),
          dataSourceFactory: async () => new DataSource({ ...postgresOptions(databaseUrl ?? ''), entities }),
        }),
      ],
      providers: [CurrentTenant, DatabaseHealth, DatabaseOpening, PoolerHint, ReadReplica, UnitOfWork],
      exports: [CurrentTenant, DatabaseHealth, DatabaseOpening, ReadReplica, UnitOfWork, TypeOrmModule],
    };
  }
}
