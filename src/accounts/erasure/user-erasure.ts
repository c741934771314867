import { Injectable } from '@nestjs/common';
import { MINUTE } from '../../calendar/time/civil-time.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import {
  type ErasureOfEvents,
  UserEventsErasureService,
} from '../../events/erasure/user-events-erasure.service.js';
import { UserHistoryErasureService } from '../../events/erasure/user-history-erasure.service.js';
import { IdempotencyService } from '../../idempotency/idempotency.service.js';
import { Clock } from '../../platform/clock/clock.js';
import { UserTombstonesService } from '../../users/write/user-tombstones.service.js';
import type { UserDeletionRecord } from '../model/user-deletion.js';
import { UserDeletionsRepository } from '../store/user-deletions.repository.js';

/**
 * Events of a deleted user that one transaction changes. Other changes of these events wait for it, for a fraction of a
 * second.
 * @public `docs/limits.md` lists it.
 */
export const EVENTS_PER_ERASURE_STEP = 100;

/** Ids in memory at a time. */
const IDS_PER_READ = 10_000;

/**
 * Milliseconds between the deletion of a user and the last step. A request that the service accepted before the deletion
 * has ended by then.
 */
export const USER_DELETION_GRACE_MS = MINUTE;

/**
 * Does the work that the deletion of a user leaves, in steps that each commit. The deletion's row stays until the last
 * step, so the next process goes on where one was killed. A step locks the row: two instances never do the same step.
 */
@Injectable()
export class UserErasure {
  constructor(
    private readonly deletions: UserDeletionsRepository,
    private readonly events: UserEventsErasureService,
    private readonly history: UserHistoryErasureService,
    private readonly tombstones: UserTombstonesService,
    private readonly idempotency: IdempotencyService,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly clock: Clock,
  ) {}

  /**
   * Does all work that is left of a deletion of the current tenant, until `stopping` returns true or another instance
   * works on it.
   */
  async run({ userId, deletedAt, transferTo }: UserDeletionRecord, stopping: () => boolean): Promise<void> {
    const isLast = this.clock.now().getTime() >= deletedAt.getTime() + USER_DELETION_GRACE_MS;
    const organized =
      transferTo === null ? this.events.cancellation(userId) : this.events.handover(userId, transferTo);
    // The erasure of the history follows, since the log has the texts that the other steps erase.
    for (const erasure of [
      organized,
      this.events.departure(userId),
      this.history.texts(userId),
      this.history.attendance(userId),
      this.history.authorship(userId),
    ])
      if (!(await this.sweep(userId, erasure, stopping))) return;
    await this.conclude(userId, isLast);
  }

  /** @returns false if events are left */
  private async sweep(userId: number, erasure: ErasureOfEvents, stopping: () => boolean): Promise<boolean> {
    for (let after = 0; ; ) {
      const ids = await erasure.next(after, IDS_PER_READ);
      for (let index = 0; index < ids.length; index += EVENTS_PER_ERASURE_STEP) {
        if (stopping()) return false;
        const step = ids.slice(index, index + EVENTS_PER_ERASURE_STEP);
        if (!(await this.locked(userId, async () => erasure.change(step)))) return false;
      }
      if (ids.length < IDS_PER_READ) return true;
      after = ids.at(-1) ?? after;
    }
  }

  private async conclude(userId: number, isLast: boolean): Promise<void> {
    await this.locked(userId, async () => {
      await this.events.forgetDeclines(userId);
      if (!isLast) return this.deletions.markSwept(userId);
      await this.forget(userId);
      await this.deletions.remove(userId);
      this.unitOfWork.beforeCommit(`tombstone ${userId}`, async () =>
        this.tombstones.removeUnless(userId, async () => this.events.referTo(userId)),
      );
    });
  }

  /** Removes, in the running transaction, all that serves the user alone. */
  async forget(userId: number): Promise<void> {
    await this.tombstones.close(userId);
    await this.idempotency.forgetUser(userId);
    this.feed.userDeleted(userId);
  }

  /** Runs a step in one transaction. @returns false if all work is done, or another instance does a step */
  private async locked(userId: number, step: () => Promise<void>): Promise<boolean> {
    return this.unitOfWork.run(async () => {
      if ((await this.deletions.lock(userId)) === null) return false;
      await step();
      return true;
    });
  }
}
