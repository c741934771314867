import { Injectable } from '@nestjs/common';
import type { Scope } from '../../access/scope.js';
import { Clock } from '../../platform/clock/clock.js';
import type { CreatedApiKey } from '../model/api-key-record.js';
import { newApiKeyText } from '../model/api-key-text.js';
import { newKeyRow } from '../model/new-key-row.js';
import { ApiKeysRepository } from '../store/api-keys.repository.js';

/** Makes the first key of a tenant, and ends all its keys. Checks no access. */
@Injectable()
export class TenantKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
  ) {}

  async addFirst(
    tenantId: number,
    key: { readonly name: string; readonly scopes: readonly Scope[]; readonly expiresAt: Date | null },
  ): Promise<CreatedApiKey> {
    const text = newApiKeyText();
    const record = await this.keys.add(
      newKeyRow(text, { ...key, tenantId, createdByKeyId: null, createdAt: this.clock.now() }),
    );
    return { record, text };
  }

  /** Revokes every key of the tenant. */
  async revokeAll(tenantId: number, at: Date): Promise<void> {
    await this.keys.revokeAll(tenantId, at);
  }
}
