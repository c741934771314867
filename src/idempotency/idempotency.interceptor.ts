import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { ModuleRef, Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { IdempotencyService } from './idempotency.service.js';
import { IDEMPOTENT_OPTIONS, type IdempotentOptions } from './idempotent-options.js';
import { SecretNotRepeated } from './key-errors.js';
import { KeyedRequestReader } from './keyed-request-reader.js';
import type { KeyedRequest } from './model/keyed-request.js';
import {
  errorOfStored,
  resourceIdOf,
  type StoredResponse,
  storedBody,
  storedReference,
  storedReferences,
} from './model/stored-response.js';

/** Runs the handler of a keyed request once, and responds to its repeats. Requests without a key pass. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  constructor(
    private readonly idempotency: IdempotencyService,
    private readonly requests: KeyedRequestReader,
    private readonly reflector: Reflector,
    private readonly modules: ModuleRef,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const keyed = this.requests.read(context.switchToHttp().getRequest<FastifyRequest>());
    if (keyed === null) return next.handle();
    const options = this.reflector.get<IdempotentOptions<unknown>>(IDEMPOTENT_OPTIONS, context.getHandler());
    // The service calls it within the transaction, which the handler then joins.
    const work = async (): Promise<unknown> => lastValueFrom(next.handle(), { defaultValue: null });
    if (options.secret) return from(this.idempotency.runOnceWithSecret(keyed, work));
    return from(this.runOnce(keyed, options, context, work));
  }

  private async runOnce(
    keyed: KeyedRequest,
    options: IdempotentOptions<unknown>,
    context: ExecutionContext,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const outcome = await this.idempotency.runOnce(keyed, work, storageOf(options));
    if (!outcome.isRepeat) return outcome.body;
    context.switchToHttp().getResponse<FastifyReply>().header('idempotency-replayed', 'true');
    return this.replay(outcome.stored, options, context);
  }

  private async replay(
    stored: StoredResponse,
    options: IdempotentOptions<unknown>,
    context: ExecutionContext,
  ): Promise<unknown> {
    if (stored.kind === 'refused') throw errorOfStored(stored);
    if (stored.kind === 'secret') throw new SecretNotRepeated(stored.id ?? null);
    const controller: unknown = this.modules.get(context.getClass(), { strict: false });
    const { query, body } = context.switchToHttp().getRequest<FastifyRequest>();
    const request = { query: { ...(query as object) }, body };
    if (stored.kind === 'referred_list') return options.replayAll?.read(controller, stored.ids, request);
    const id = options.replay ? resourceIdOf(stored) : null;
    if (!options.replay || id === null) return stored.kind === 'done' ? stored.body : { id: stored.id };
    return options.replay(controller, id, request);
  }
}

/** The part of a response to store. */
function storageOf({
  replay,
  replayAll,
  idField,
}: IdempotentOptions<unknown>): (body: unknown) => StoredResponse {
  if (replayAll) return storedReferences(replayAll.field);
  return replay ? (body) => storedReference(body, idField) : storedBody;
}
