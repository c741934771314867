import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { IdempotencyService } from './idempotency.service.js';
import { KeyedRequests } from './keyed-request-reader.js';
import { IdempotencyKey } from './store/idempotency-key.entity.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** Gives every controller the means to be `@Idempotent()`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey])],
  providers: [IdempotencyKeysRepository, IdempotencyService, KeyedRequests],
  exports: [IdempotencyService, KeyedRequests],
})
export class IdempotencyModule {}
