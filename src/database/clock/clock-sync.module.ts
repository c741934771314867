import { type DynamicModule, Module } from '@nestjs/common';
import { ClockSync } from './clock-sync.js';
import { DatabaseClock } from './database-clock.js';

/** Keeps the service's clock with the database's. */
@Module({})
export class ClockSyncModule {
  static of(clock: DatabaseClock): DynamicModule {
    return {
      module: ClockSyncModule,
      providers: [{ provide: DatabaseClock, useValue: clock }, ClockSync],
    };
  }
}
