import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DatabaseOpening } from '../../database/database-opening.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { UsersRepository } from '../store/users.repository.js';

/** Rows in memory at a time. */
const BATCH_SIZE = 100;

/** Milliseconds. Until the next run, the service does not find the user by the address. */
const SWEEP_INTERVAL_MS = 60_000;

/**
 * Normalises addresses with an international domain that an instance of the previous version wrote. SQL cannot convert
 * such a domain. If another user has the normalised address, that user keeps it.
 */
@Injectable()
export class UnicodeDomains implements OnModuleDestroy {
  private readonly sweeps = new PeriodicWork(UnicodeDomains.name, SWEEP_INTERVAL_MS, async () =>
    this.convert(),
  );

  constructor(
    private readonly users: UsersRepository,
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
      for (const { id, email } of found) await this.users.convertDomain(id, email);
      if (found.length < BATCH_SIZE) return;
    }
  }
}
