import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import type { UserDeletionRecord } from '../model/user-deletion.js';
import { UserDeletionsRepository } from '../store/user-deletions.repository.js';
import { USER_DELETION_GRACE_MS, UserErasure } from './user-erasure.js';

/** Deletions in memory at a time. */
const DELETIONS_PER_READ = 100;

/** Milliseconds. Within this time, a small calendar is done before the response to the deletion. */
const WORK_IN_REQUEST_MS = 2_000;

/** Does the work of all deletions of users, of all tenants, when it is due. */
@Injectable()
export class UserErasureLoop implements OnModuleDestroy {
  private readonly logger = new Logger(UserErasureLoop.name);
  private readonly loop: WorkLoop;

  constructor(
    private readonly deletions: UserDeletionsRepository,
    private readonly erasure: UserErasure,
    private readonly tenant: CurrentTenant,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    const failed = (error: unknown) => this.logger.warn(error);
    this.loop = new WorkLoop({ run: async (stopping) => this.run(stopping), failed }, clock);
    opening.onOpen(() => this.loop.start());
  }

  async onModuleDestroy(): Promise<void> {
    await this.loop.stop();
  }

  /** Begins the work of a deletion that was just committed, and leaves the rest to the loop. Never fails. */
  async begin(deletion: UserDeletionRecord): Promise<void> {
    const end = performance.now() + WORK_IN_REQUEST_MS;
    try {
      await this.erasure.run(deletion, () => performance.now() >= end);
    } catch (error) {
      this.logger.warn(error);
    }
    this.loop.wakeBy(this.clock.now().getTime());
  }

  /** @returns the instant of the next last step; null: there is none */
  private async run(stopping: () => boolean): Promise<Instant | null> {
    const cutOff = new Date(this.clock.now().getTime() - USER_DELETION_GRACE_MS);
    for (let after: UserDeletionRecord | null = null; ; ) {
      const due: UserDeletionRecord[] = await this.deletions.due(cutOff, after, DELETIONS_PER_READ);
      for (const deletion of due) {
        if (stopping()) return null;
        await this.tenant.run(deletion.tenantId, async () => this.tryToRun(deletion, stopping));
      }
      after = due.at(-1) ?? null;
      if (due.length < DELETIONS_PER_READ) break;
    }
    const first = await this.deletions.firstAfter(cutOff);
    return first && first.getTime() + USER_DELETION_GRACE_MS;
  }

  /** A deletion whose work fails does not keep the others waiting. */
  private async tryToRun(deletion: UserDeletionRecord, stopping: () => boolean): Promise<void> {
    try {
      await this.erasure.run(deletion, stopping);
    } catch (error) {
      this.logger.warn(error);
    }
  }
}
