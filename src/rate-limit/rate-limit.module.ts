import { type ExecutionContext, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ThrottlerModule } from '@nestjs/throttler';
import type { FastifyRequest } from 'fastify';
import { Configuration } from '../common/configuration.js';
import { isProbe } from '../common/probes.js';
import { RateLimitGuard } from './rate-limit.guard.js';

/** Limits how often somebody may call, in each instance by itself. It comes after the guard that says who calls. */
@Module({
  imports: [
    ThrottlerModule.forRootAsync({
      inject: [Configuration],
      useFactory: ({ rateLimit }: Configuration) => ({
        throttlers: rateLimit === null ? [] : [{ limit: rateLimit.requests, ttl: rateLimit.seconds * 1000 }],
        skipIf: (context: ExecutionContext) => isProbe(context.switchToHttp().getRequest<FastifyRequest>()),
        errorMessage: 'Too many requests.',
      }),
    }),
  ],
  providers: [{ provide: APP_GUARD, useClass: RateLimitGuard }],
})
export class RateLimitModule {}
