import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ExpiredKeysCleanup } from './expired-keys-cleanup.js';
import { IdempotencyService } from './idempotency.service.js';
import { KeyedRequestReader } from './keyed-request-reader.js';
import { IdempotencyKey } from './store/idempotency-key.entity.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** Provides the services that a route with `@Idempotent()` needs. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey])],
  providers: [ExpiredKeysCleanup, IdempotencyKeysRepository, IdempotencyService, KeyedRequestReader],
  exports: [IdempotencyService, KeyedRequestReader],
})
export class IdempotencyModule {}
