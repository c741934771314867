import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { Observable } from 'rxjs';
import type { RequestWithActor } from '../../access/request-with-actor.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { tenantNamedBy } from './named-tenant.js';

/**
 * Runs requests without a caller for the tenant that their body names. So the `Idempotency-Key` of such a request belongs
 * to the same tenant as its changes, and one transaction concerns one tenant.
 */
@Injectable()
export class NamedTenantInterceptor implements NestInterceptor {
  constructor(private readonly tenant: CurrentTenant) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { actor, body } = context.switchToHttp().getRequest<RequestWithActor>();
    if (actor?.kind !== 'anonymous') return next.handle();
    return this.tenant.run(tenantNamedBy(body), () => next.handle());
  }
}
