import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { type Instant, MINUTE } from '../../calendar/time/civil-time.js';
import { isRetryable } from '../../database/connection/retryable-failure.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { ErasedRowsRepository } from '../store/erased-rows.repository.js';

/**
 * Rows that one statement removes. Rows that refer to them go with them: an event has up to a thousand attendees, so a
 * larger batch would hold its locks for seconds.
 * @public `docs/limits.md` lists it.
 */
export const ERASED_ROWS_PER_STEP = 200;

/**
 * Milliseconds between the deletion of a tenant and the last step of its erasure. A request that began before the deletion
 * has ended by then, and has left no row.
 */
const GRACE = MINUTE;

/** Passes over the tables before the erasure waits and tries again later. */
const MAX_PASSES = 10;

/**
 * Erases deleted tenants, in steps that each commit. The mark in the tenant's row stays until the last step, so the next
 * process goes on where one was killed. Two instances may erase one tenant at the same time.
 */
@Injectable()
export class TenantErasure implements OnModuleDestroy {
  private readonly logger = new Logger(TenantErasure.name);
  private readonly loop: WorkLoop;

  constructor(
    private readonly rows: ErasedRowsRepository,
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

  /** Begins to erase the tenants that were deleted in the meantime. */
  wake(): void {
    this.loop.wakeBy(this.clock.now().getTime());
  }

  /** @returns the instant of the next last step; null: no tenant is deleted */
  private async run(stopping: () => boolean): Promise<Instant | null> {
    let next: Instant | null = null;
    for (const { id, deletedAt } of await this.rows.deletedTenants()) {
      const lastStepAt = deletedAt.getTime() + GRACE;
      const isLast = this.clock.now().getTime() >= lastStepAt;
      await this.removeRows(id, stopping);
      if (stopping()) return null;
      if (isLast) await this.rows.removeTenant(id);
      else next = Math.min(next ?? Infinity, lastStepAt);
    }
    return next;
  }

  /** Removes all rows of a tenant. Begins again if a request in flight adds a row that refers to one of them. */
  private async removeRows(tenantId: number, stopping: () => boolean): Promise<void> {
    for (let pass = 1; ; pass += 1) {
      try {
        for (const table of this.rows.tables())
          while (!stopping() && (await this.rows.removeFrom(table, tenantId, ERASED_ROWS_PER_STEP)));
        return;
      } catch (error) {
        if (pass === MAX_PASSES || !isRetryable(error)) throw error;
      }
    }
  }
}
