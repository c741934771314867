import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { CurrentTenant } from '../database/current-tenant.js';
import { tenantOf } from './actor.js';
import { CurrentActor } from './current-actor.js';
import type { RequestWithActor } from './request-with-actor.js';

/** Runs each handler on behalf of the actor that the guard has identified. */
@Injectable()
export class ActorInterceptor implements NestInterceptor {
  constructor(
    private readonly currentActor: CurrentActor,
    private readonly currentTenant: CurrentTenant,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { actor } = context.switchToHttp().getRequest<RequestWithActor>();
    if (!actor) throw new Error('The guard has identified no actor.');
    // Nest runs the handler in the asynchronous context of this call of `handle`.
    return this.currentActor.run(actor, () => this.currentTenant.run(tenantOf(actor), () => next.handle()));
  }
}
