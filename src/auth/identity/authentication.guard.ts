import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../../access/access.decorator.js';
import { ANONYMOUS } from '../../access/actor.js';
import type { RequestWithActor } from '../../access/request-with-actor.js';
import { AuthenticationService } from './authentication.service.js';

/** Identifies the caller of each request. Refuses all requests to a route that declares no access rule. */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: AuthenticationService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const rule = this.reflector.getAllAndOverride<AccessRule | undefined>(ACCESS_RULE, [handler, controller]);
    if (rule === undefined) throw new Error(`${controller.name}.${handler.name} declares no access rule.`);
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    request.actor = rule === 'public' ? ANONYMOUS : await this.authentication.actorOf(request.headers);
    return true;
  }
}
