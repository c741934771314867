import { Injectable, Logger } from '@nestjs/common';
import { SCOPES } from '../../access/scope.js';
import { DEFAULT_TENANT_ID } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { newKeyRow } from '../model/new-key-row.js';
import { ApiKeysRepository } from '../store/api-keys.repository.js';

const NAME = 'BOOTSTRAP_API_KEY';

/**
 * Keeps the key of `BOOTSTRAP_API_KEY` in the default tenant, with every scope of this version. A key that was revoked
 * stays revoked. A key that the variable no longer has stays valid until a caller deletes it.
 */
@Injectable()
export class BootstrapKey {
  private readonly logger = new Logger(BootstrapKey.name);

  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly clock: Clock,
    { bootstrapApiKey }: Configuration,
    opening: DatabaseOpening,
  ) {
    if (bootstrapApiKey !== null) opening.onOpen(async () => this.keep(bootstrapApiKey));
  }

  private async keep(text: string): Promise<void> {
    const { revoked } = await this.keys.keep(
      newKeyRow(text, {
        tenantId: DEFAULT_TENANT_ID,
        name: NAME,
        scopes: SCOPES,
        createdByKeyId: null,
        createdAt: this.clock.now(),
        expiresAt: null,
      }),
    );
    if (revoked) this.logger.warn(`The key of ${NAME} was revoked, and stays so. Set another one.`);
  }
}
