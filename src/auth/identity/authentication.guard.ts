import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ACCESS_RULE, type AccessRule } from '../../access/access.decorator.js';
import { ANONYMOUS } from '../../access/actor.js';
import type { ActingRequest } from '../../access/request-with-actor.js';
import { AuthenticationService } from './authentication.service.js';

/** Establishes who calls, for every route; one that declares no access rule answers nobody. */
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
    const request = context.switchToHttp().getRequest<ActingRequest>();
    request.actor = rule === 'public' ? ANONYMOUS : await this.authentication.actorOf(request.headers);
    return true;
  }
}
