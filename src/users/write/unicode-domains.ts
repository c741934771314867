import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { UsersRepository } from '../store/users.repository.js';

/** Rows in memory at a time. */
const BATCH_SIZE = 100;

/** Milliseconds. Until the next run, the service does not find the user by the address. */
const SWEEP_INTERVAL_MS = MINUTE;

/**
 * Normalises addresses with an international domain that an instance of the previous version wrote. SQL cannot convert
 * such a domain. If another user of the tenant has the normalised address, that user keeps it.
 */
@Injectable()
export class UnicodeDomains implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(UnicodeDomains.name, SWEEP_INTERVAL_MS, async () =>
    this.convert(),
  );

  constructor(
    private readonly users: UsersRepository,
    private readonly tenant: CurrentTenant,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(async () => this.sweeps.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.sweeps.stop();
  }

  async convert(): Promise<void> {
    for (;;) {
      const found = await this.users.withUnicodeDomain(BATCH_SIZE);
      for (const { tenantId, id, email } of found)
        await this.tenant.run(tenantId, async () => this.users.convertDomain(id, email));
      if (found.length < BATCH_SIZE) return;
    }
  }
}
