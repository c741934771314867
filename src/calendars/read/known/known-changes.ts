import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { RecentEntries } from '../../../platform/values/recent-entries.js';
import { TenantChanges } from './tenant-changes.js';

/** Tenants whose changes the process knows. What it keeps of a tenant beyond them is not current. */
const MAX_TENANTS = 500;

/** The changes that the process knows, by tenant. */
@Injectable()
export class KnownChanges {
  private readonly byTenant = new RecentEntries<number, TenantChanges>(MAX_TENANTS);

  constructor(private readonly tenant: CurrentTenant) {}

  /** Those of the current tenant. */
  get ofTenant(): TenantChanges {
    const changes = this.byTenant.get(this.tenant.id) ?? new TenantChanges();
    // The tenants that were used last stay.
    this.byTenant.set(this.tenant.id, changes);
    return changes;
  }
}
