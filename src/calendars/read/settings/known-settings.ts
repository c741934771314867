import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { RecentEntries } from '../../../platform/values/recent-entries.js';
import { TenantSettings } from './tenant-settings.js';

/** Tenants whose changes the process knows. What it keeps of a tenant beyond them is not current. */
const MAX_TENANTS = 1_000;

/** The changes of the settings of users that the process knows, by tenant. */
@Injectable()
export class KnownSettings {
  private readonly byTenant = new RecentEntries<number, TenantSettings>(MAX_TENANTS);

  constructor(private readonly tenant: CurrentTenant) {}

  /** Those of the current tenant. */
  get ofTenant(): TenantSettings {
    const known = this.byTenant.get(this.tenant.id);
    if (known) return known;
    const settings = new TenantSettings();
    this.byTenant.set(this.tenant.id, settings);
    return settings;
  }
}
