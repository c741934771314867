import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IdempotencyService } from './idempotency.service.js';
import { done, replayed } from './kept-answer.js';
import { type KeyedRequest, keyedRequest } from './keyed-request.js';

/** Answers a repeated request with the first answer; requests without a key pass. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(private readonly idempotency: IdempotencyService) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const http = context.switchToHttp();
    const keyed = keyedRequest(http.getRequest<FastifyRequest>());
    return keyed === null ? next.handle() : from(this.once(keyed, http.getResponse<FastifyReply>(), next));
  }

  private async once(keyed: KeyedRequest, reply: FastifyReply, next: CallHandler): Promise<unknown> {
    let first = false;
    const kept = await this.idempotency.once(keyed, async () => {
      first = true;
      // Called in here, so that the handler takes part in the transaction.
      return done(await lastValueFrom(next.handle(), { defaultValue: null }));
    });
    const { body } = replayed(kept);
    if (!first) reply.header('idempotency-replayed', 'true');
    return body;
  }
}
