import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ROUTE_ACCESS, type RouteAccess } from '../../access/access.decorator.js';
import { type Actor, ANONYMOUS } from '../../access/actor.js';
import { requireKey, requireScopeOfCaller } from '../../access/key-access.js';
import type { RequestWithActor } from '../../access/request-with-actor.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import type { CallerHeaders } from './act-as-user.js';
import { AuthenticationService } from './authentication.service.js';

/**
 * Identifies the caller of each request, and checks the scope of an API key. Refuses all requests to a route that
 * declares no access.
 */
@Injectable()
export class AuthenticationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authentication: AuthenticationService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const [handler, controller] = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<RouteAccess | undefined>(ROUTE_ACCESS, [
      handler,
      controller,
    ]);
    if (access === undefined) throw new Error(`${controller.name}.${handler.name} declares no access.`);
    const request = context.switchToHttp().getRequest<RequestWithActor>();
    // The log names the caller of a refused request too.
    request.actor = await this.actorOf(access, request.headers);
    authorize(access, request.actor);
    return true;
  }

  private async actorOf({ rule, scope }: RouteAccess, headers: CallerHeaders): Promise<Actor> {
    const ignoresToken = rule === 'public' && (scope === null || !this.authentication.namesKey(headers));
    return ignoresToken ? ANONYMOUS : this.authentication.actorOf(headers);
  }
}

/** @throws {UnauthenticatedError} @throws {DomainError} forbidden `key_required`, `scope_missing` */
function authorize({ rule, scope }: RouteAccess, actor: Actor): void {
  if (actor.kind === 'anonymous' && rule !== 'public' && rule !== 'caller') throw tokenRequired(rule);
  if (rule === 'key') requireKey(actor);
  if (scope !== null) requireScopeOfCaller(actor, scope);
}

const TOKENS = {
  identified: 'the token of a user, or an API key',
  person: 'the token of a user',
  key: 'an API key',
} as const;

function tokenRequired(rule: keyof typeof TOKENS): UnauthenticatedError {
  const token = TOKENS[rule];
  return new UnauthenticatedError('token_required', `The request needs ${token}.`);
}
