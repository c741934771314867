import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { DAY, HOUR } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { PeriodicWork } from '../../platform/work/periodic-work.js';
import { ChangePurgeRepository } from '../store/change-purge.repository.js';

/**
 * Milliseconds.
 * @public `docs/limits.md` lists it.
 */
export const MAX_CHANGE_AGE = 400 * DAY;

/**
 * Milliseconds.
 * @public `docs/limits.md` lists it.
 */
export const MAX_DELETED_EVENT_AGE = 30 * DAY;

/**
 * Rows that one statement removes.
 * @public `docs/limits.md` lists it.
 */
export const CHANGES_PER_PURGE = 1_000;

/** Removes old changes from the log. A floor keeps tokens and cursors from continuing over the gap. */
@Injectable()
export class ChangePurge implements OnModuleDestroy {
  private readonly work = new PeriodicWork(ChangePurge.name, HOUR, async () => this.purge());

  constructor(
    private readonly log: ChangePurgeRepository,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => void this.work.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.work.stop();
  }

  /** Removes the old changes of all tenants, one batch after the other. */
  async purge(): Promise<void> {
    for (const tenantId of await this.log.tenants()) {
      if (this.work.stopping) return;
      await this.tenant.run(tenantId, async () => this.purgeTenant());
    }
  }

  private async purgeTenant(): Promise<void> {
    const now = this.clock.now().getTime();
    const old = new Date(now - MAX_CHANGE_AGE);
    const deleted = new Date(now - MAX_DELETED_EVENT_AGE);
    await this.work.inSteps(CHANGES_PER_PURGE, async () => this.log.removeChanges(old, CHANGES_PER_PURGE));
    for (const table of ['grant_changes', 'account_protections'] as const) {
      await this.work.inSteps(CHANGES_PER_PURGE, async () =>
        this.log.removeAccessChanges(table, old, CHANGES_PER_PURGE),
      );
    }
    await this.work.inSteps(CHANGES_PER_PURGE, async () =>
      this.log.removeRowsOfDeleted(deleted, CHANGES_PER_PURGE),
    );
  }
}
