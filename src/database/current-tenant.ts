import { Injectable } from '@nestjs/common';
import { ContextVariable } from '../platform/context/context-variable.js';

/** The tenant of callers and of data that name none. */
export const DEFAULT_TENANT_ID = 1;

/**
 * The tenant of the work in progress. Repositories read it for each statement, so no row is found without its tenant.
 * The service sets it once for a request, and a worker sets it for each unit of its work.
 */
@Injectable()
export class CurrentTenant {
  private readonly current = new ContextVariable<number>();

  /** The id of the tenant. @throws {Error} outside of `run`: a statement without a tenant would find rows of any tenant */
  get id(): number {
    const id = this.current.get();
    if (id === undefined) throw new Error('There is no current tenant.');
    return id;
  }

  /** Runs `work`, and the asynchronous calls that it starts, for the tenant. */
  run<T>(tenantId: number, work: () => T): T {
    return this.current.run(tenantId, work);
  }
}
