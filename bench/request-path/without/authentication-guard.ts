import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ANONYMOUS } from '../../../src/access/actor.js';
import type { RequestWithActor } from '../../../src/access/request-with-actor.js';

/** Admits every request as one without a token. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    context.switchToHttp().getRequest<RequestWithActor>().actor = ANONYMOUS;
    return true;
  }
}
