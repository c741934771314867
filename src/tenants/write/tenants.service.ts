import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { requireKey } from '../../access/key-access.js';
import { SCOPES } from '../../access/scope.js';
import type { CreatedApiKey } from '../../api-keys/model/api-key-record.js';
import { TenantKeysService } from '../../api-keys/write/tenant-keys.service.js';
import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { TenantErasure } from '../erasure/tenant-erasure.js';
import type { TenantRecord } from '../model/tenant.js';
import { TenantsRepository } from '../store/tenants.repository.js';

/** The scopes of the first key of a tenant. A tenant cannot create other tenants. */
const SCOPES_OF_FIRST_KEY = SCOPES.filter((scope) => scope !== 'tenants.write');

const NAME_OF_FIRST_KEY = 'first key';

/** A tenant that was just created, with its first key. */
export interface CreatedTenant {
  readonly tenant: TenantRecord;
  readonly key: CreatedApiKey;
}

/** Creates, lists, renames and deletes tenants. */
@Injectable()
export class TenantsService {
  constructor(
    private readonly tenants: TenantsRepository,
    private readonly keys: TenantKeysService,
    private readonly erasure: TenantErasure,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates a tenant with its first key. The key expires no later than the key of the request.
   * @throws {DomainError} forbidden `key_required`
   */
  async create(name: string): Promise<CreatedTenant> {
    const { expiresAt } = requireKey(this.currentActor.get());
    return this.unitOfWork.run(async () => {
      const tenant = await this.tenants.add(name, this.clock.now());
      const key = await this.keys.addFirst(tenant.id, {
        name: NAME_OF_FIRST_KEY,
        scopes: SCOPES_OF_FIRST_KEY,
        expiresAt,
      });
      return { tenant, key };
    });
  }

  /** By id. @param after the id before the first one; 0: none */
  async list({
    after,
    limit,
  }: {
    readonly after: number;
    readonly limit: number;
  }): Promise<Page<TenantRecord>> {
    return pageOf(await this.tenants.page(after, limit + 1), limit, ({ id }) => [id]);
  }

  /** @throws {DomainError} not-found `tenant_not_found` */
  async get(id: number): Promise<TenantRecord> {
    const tenant = await this.tenants.withId(id);
    if (tenant === null) throw notFound('tenant', id);
    return tenant;
  }

  /** @throws {DomainError} not-found `tenant_not_found` */
  async rename(id: number, name: string): Promise<TenantRecord> {
    if (!(await this.tenants.rename(id, name))) throw notFound('tenant', id);
    return this.get(id);
  }

  /**
   * Deletes a tenant. Its keys and its users' tokens are invalid at once, on every instance. The service erases its data
   * in the background.
   * @throws {DomainError} not-found `tenant_not_found`; conflict `default_tenant`
   */
  async delete(id: number): Promise<void> {
    if (id === DEFAULT_TENANT_ID)
      throw new DomainError('conflict', 'default_tenant', 'The default tenant cannot be deleted.');
    const now = this.clock.now();
    await this.unitOfWork.run(async () => {
      if (!(await this.tenants.delete(id, now))) throw notFound('tenant', id);
      await this.keys.revokeAll(id, now);
      this.unitOfWork.afterCommit(() => this.erasure.wake());
    });
  }
}
