import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { CalendarDeletionRecord, EventsAtDeletion } from '../../calendars/model/calendar-deletion.js';
import { CalendarDeletionsService } from '../../calendars/write/calendar-deletions.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { Clock } from '../../platform/clock/clock.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { CalendarErasure } from './calendar-erasure.js';

/** Deletions in memory at a time. */
const DELETIONS_PER_READ = 100;

/** Milliseconds. Within this time, a small calendar is empty before the response to the deletion. */
const WORK_IN_REQUEST_MS = 2_000;

/** Deletes calendars, and empties the deleted ones of all tenants. */
@Injectable()
export class CalendarErasureLoop implements OnModuleDestroy {
  private readonly logger = new Logger(CalendarErasureLoop.name);
  private readonly loop: WorkLoop;

  constructor(
    private readonly deletions: CalendarDeletionsService,
    private readonly erasure: CalendarErasure,
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

  /**
   * Deletes a calendar. The events of a small calendar are gone before this method resolves, the rest goes in the
   * background.
   * @throws as `CalendarDeletionsService.begin`
   */
  async delete(id: number, events: EventsAtDeletion): Promise<void> {
    await this.conclude(await this.deletions.begin(id, events));
  }

  /** Does the work of a deletion that is committed, as far as it takes a moment, and leaves the rest to the loop. */
  async conclude(deletion: CalendarDeletionRecord): Promise<void> {
    const end = performance.now() + WORK_IN_REQUEST_MS;
    await this.tryToRun(deletion, () => performance.now() >= end);
    this.loop.wakeBy(this.clock.now().getTime());
  }

  private async run(stopping: () => boolean): Promise<null> {
    for (let after: CalendarDeletionRecord | null = null; ; ) {
      const due: CalendarDeletionRecord[] = await this.deletions.due(after, DELETIONS_PER_READ);
      for (const deletion of due) {
        if (stopping()) return null;
        await this.tenant.run(deletion.tenantId, async () => this.tryToRun(deletion, stopping));
      }
      after = due.at(-1) ?? null;
      if (due.length < DELETIONS_PER_READ) return null;
    }
  }

  /** A deletion whose work fails does not keep the others waiting. */
  private async tryToRun(deletion: CalendarDeletionRecord, stopping: () => boolean): Promise<void> {
    try {
      await this.erasure.run(deletion, stopping);
    } catch (error) {
      this.logger.warn(error);
    }
  }
}
