import { Injectable } from '@nestjs/common';
import { ComparisonBudget } from '../../../calendar/conflicts/compared/comparison-budget.js';
import { conflictsWithItself } from '../../../calendar/conflicts/self-conflicts.js';
import type { Instant } from '../../../calendar/time/civil-time.js';
import { UnitOfWork } from '../../../database/unit-of-work.js';
import { type Effort, LongWork } from '../../../platform/work/long-work.js';
import type { AttendedEvent } from '../../calendars/attended-event.js';
import { OccurrencesService } from '../../occurrences/occurrences.service.js';
import { pausedResult } from './paused-comparison.js';
import { earlier, type FoundConflicts, NO_CONFLICTS } from './searched-series.js';
import { seriesTimeOf } from './series-time.js';

/** An event whose rooms may have two of its occurrences at one time. */
export interface EventInRooms {
  readonly event: AttendedEvent;
  /** The event before a change; null: it is new. */
  readonly held: AttendedEvent | null;
  readonly roomIds: ReadonlySet<number>;
}

/** Finds series that overlap themselves: a person may attend such a series, and a room may not have it. */
@Injectable()
export class SelfConflicts {
  constructor(
    private readonly occurrences: OccurrencesService,
    private readonly longWork: LongWork,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * The first conflict of each room with an event and the same event. A series that overlapped itself before the change may do
   * so after it.
   * @param from a conflict that is over by this instant does not count
   */
  async of({ event, held, roomIds }: EventInRooms, from: Instant): Promise<FoundConflicts> {
    if (roomIds.size === 0) return NO_CONFLICTS;
    const effort = this.longWork.begin(this.unitOfWork.running);
    const budget = new ComparisonBudget();
    const found = await this.firstByRoom(event, roomIds, { from, budget, effort });
    const before =
      held === null || found.conflicts.length === 0
        ? NO_CONFLICTS
        : await this.firstByRoom(held, roomIds, { from, budget, effort });
    const known = new Set(before.conflicts.map(({ userId }) => userId));
    return { ...found, conflicts: found.conflicts.filter(({ userId }) => !known.has(userId)) };
  }

  private async firstByRoom(
    event: AttendedEvent,
    roomIds: ReadonlySet<number>,
    { from, budget, effort }: { from: Instant; budget: ComparisonBudget; effort: Effort },
  ): Promise<FoundConflicts> {
    let all = NO_CONFLICTS;
    for (const { userIds, busy } of seriesTimeOf(event, this.occurrences).groups) {
      const rooms = userIds.filter((id) => roomIds.has(id));
      if (rooms.length === 0) continue;
      const result = await pausedResult(conflictsWithItself(busy, { from, limit: 2, budget }), effort);
      const [first, second = first] = result.occurrences;
      const conflicts = first
        ? rooms.map((userId) => ({
            userId,
            start: Math.max(second.start, from),
            end: Math.min(first.end, second.end),
          }))
        : [];
      all = {
        conflicts: all.conflicts.concat(conflicts),
        checkedUntil: earlier(all.checkedUntil, result.checkedUntil),
      };
    }
    return all;
  }
}
