import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { mayUseHold } from '../model/hold.policy.js';
import type { HoldRecord } from '../model/hold-record.js';
import { HoldsRepository } from '../store/holds.repository.js';

/** Reads the holds that the current actor may use. */
@Injectable()
export class HoldsService {
  constructor(
    private readonly holds: HoldsRepository,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The hold, also one that is confirmed or has expired.
   * @param lock whether other transactions that lock the hold wait until this one ends
   * @throws {DomainError} not-found `hold_not_found`, also for a hold that the actor may not use
   */
  async get(id: number, lock = false): Promise<HoldRecord> {
    const hold = await this.holds.withId(id, lock);
    if (hold === null || !mayUseHold(this.currentActor.get(), hold)) throw notFound('hold', id);
    return hold;
  }

  /** A page of the open holds that the current actor may use, by id. @param after the id before the first one; 0: none */
  async list(after: number, limit: number): Promise<Page<HoldRecord>> {
    const actor = this.currentActor.get();
    const shown = { userId: actor.kind === 'user' ? actor.userId : null, ofKeys: actor.kind === 'key' };
    return pageOf(await this.holds.open(shown, after, limit + 1), limit, ({ id }) => [id]);
  }

  /** All holds that a user created, by id. Does not check whether the current actor may act for the user. */
  async createdBy(userId: number, after: number, limit: number): Promise<HoldRecord[]> {
    return this.holds.createdBy(userId, after, limit);
  }
}
