import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import { CurrentActor } from './current-actor.js';
import type { ActingRequest } from './request-with-actor.js';

/** Runs each handler on behalf of whom the guard found to be calling. */
@Injectable()
export class ActorInterceptor implements NestInterceptor {
  constructor(private readonly currentActor: CurrentActor) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { actor } = context.switchToHttp().getRequest<ActingRequest>();
    if (!actor) throw new Error('The guard has let a call through without an actor.');
    // Nest runs the handler in the asynchronous context in which `handle` was called.
    return this.currentActor.run(actor, () => next.handle());
  }
}
