import { Injectable, Logger } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { SealedSecrets } from '../../platform/secrets/sealed-secrets.js';
import { DeliveryTargetsRepository, type SealedRow } from '../store/delivery-targets.repository.js';

/** Rows in memory. */
const READ_AT_ONCE = 500;

/**
 * Seals the secrets of subscriptions by the first key of the installation when the service starts. So a former key can be
 * removed from `JWT_SECRET` once the service has started with the new one before it.
 */
@Injectable()
export class SecretRenewal {
  private readonly logger = new Logger(SecretRenewal.name);

  constructor(
    private readonly targets: DeliveryTargetsRepository,
    private readonly secrets: SealedSecrets,
    private readonly tenant: CurrentTenant,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.renew().catch((error: unknown) => this.logger.warn(error)));
  }

  async renew(): Promise<void> {
    for (let after = 0; ; ) {
      const rows = await this.targets.sealedByOthers(this.secrets.presentPrefix, after, READ_AT_ONCE);
      for (const row of rows) await this.tenant.run(row.tenantId, async () => this.renewRow(row));
      const last = rows.at(-1);
      if (!last || rows.length < READ_AT_ONCE) return;
      after = last.id;
    }
  }

  private async renewRow(row: SealedRow): Promise<void> {
    const secret = this.sealedAnew(row.secret);
    const previousSecret = row.previousSecret === null ? null : this.sealedAnew(row.previousSecret);
    await this.targets.seal(row, { secret, previousSecret });
  }

  /** A text that no key opens stays as it is: the key may come back. */
  private sealedAnew(sealed: string): string {
    const secret = this.secrets.open(sealed);
    return secret === null ? sealed : this.secrets.seal(secret);
  }
}
