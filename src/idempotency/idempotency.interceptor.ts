import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IdempotencyService } from './idempotency.service.js';
import { IDEMPOTENCY, type IdempotentOptions } from './idempotent-options.js';
import { done, type KeptAnswer, referenceOf, referred, refusalOf } from './kept-answer.js';
import { secretNotRepeated } from './key-errors.js';
import { type KeyedRequest, KeyedRequests } from './keyed-requests.js';

/** Does a repeated request once; requests without a key pass. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly requests: KeyedRequests,
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const keyed = this.requests.of(context.switchToHttp().getRequest<FastifyRequest>());
    if (keyed === null) return next.handle();
    const options = this.reflector.get<IdempotentOptions<unknown>>(IDEMPOTENCY, context.getHandler());
    // Called within the transaction, so that the handler takes part in it.
    const work = async (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: null });
    if (options.secret) return from(this.idempotency.onceWithSecret(keyed, work));
    return from(this.once(keyed, options, context, work));
  }

  private async once(
    keyed: KeyedRequest,
    options: IdempotentOptions<unknown>,
    context: ExecutionContext,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const outcome = await this.idempotency.once(keyed, work, options.replay ? referred : done);
    if (!outcome.isRepeat) return outcome.body;
    context.switchToHttp().getResponse<FastifyReply>().header('idempotency-replayed', 'true');
    return this.replay(outcome.kept, options, context);
  }

  private async replay(
    kept: KeptAnswer,
    options: IdempotentOptions<unknown>,
    context: ExecutionContext,
  ): Promise<unknown> {
    if (kept.kind === 'refused') throw refusalOf(kept);
    if (kept.kind === 'secret') throw secretNotRepeated();
    const id = options.replay ? referenceOf(kept) : null;
    if (!options.replay || id === null) return kept.kind === 'done' ? kept.body : { id: kept.id };
    const controller: unknown = this.modules.get(context.getClass(), { strict: false });
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    return options.replay(controller, id, { query: { ...(query as object) }, body });
  }
}
