import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthModule } from '../auth/auth.module.js';
import { IdempotencyService } from './idempotency.service.js';
import { KeyedRequests } from './keyed-request-reader.js';
import { IdempotencyKey } from './store/idempotency-key.entity.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** Gives every controller the means to be `@Idempotent()`. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([IdempotencyKey]), AuthModule],
  providers: [IdempotencyKeysRepository, IdempotencyService, KeyedRequests],
  exports: [IdempotencyService, KeyedRequests],
})
export class IdempotencyModule {}
