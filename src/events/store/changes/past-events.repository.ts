import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../../database/current-tenant.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { LongWork } from '../../../platform/work/long-work.js';
import type { ChangedEvent, EventChangeRecord } from '../../model/changes/event-change-record.js';
import { changedEventsOf } from './changed-events-of.js';
import { PAST_ROWS, type PastRows } from './past-rows.js';

/** Names one change of an event. */
export type ChangeName = Pick<EventChangeRecord, 'eventId' | 'sequence'>;

/** Reads events as they were before and after changes. */
@Injectable()
export class PastEventsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
    private readonly longWork: LongWork,
  ) {}

  /** In one statement. A change that the log does not have is left out. */
  async ofChanges(changes: readonly ChangeName[]): Promise<Map<number, ChangedEvent>> {
    if (changes.length === 0) return new Map();
    const wanted = new Map(changes.map((change) => [change.sequence, change]));
    const [rows] = await this.unitOfWork.prepared<PastRows>(PAST_ROWS, [
      this.tenant.id,
      [...wanted.values()].map(({ eventId }) => eventId),
      [...wanted.keys()],
    ]);
    return changedEventsOf(rows, wanted, this.longWork.begin(this.unitOfWork.running));
  }
}
