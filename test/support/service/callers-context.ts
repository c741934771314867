import type { INestApplication } from '@nestjs/common';
import { type Actor, tenantOf } from '../../../src/access/actor.js';
import { CurrentActor } from '../../../src/access/current-actor.js';
import { CurrentTenant, DEFAULT_TENANT_ID } from '../../../src/database/current-tenant.js';

/** Calls services outside of a request, for a caller and the tenant of the caller. */
export async function onBehalfOf<T>(app: INestApplication, actor: Actor, work: () => Promise<T>): Promise<T> {
  return app.get(CurrentActor).run(actor, async () => inTenant(app, work, tenantOf(actor)));
}

/** Calls services outside of a request, for a tenant. */
export async function inTenant<T>(
  app: INestApplication,
  work: () => Promise<T>,
  tenantId = DEFAULT_TENANT_ID,
): Promise<T> {
  return app.get(CurrentTenant).run(tenantId, work);
}
