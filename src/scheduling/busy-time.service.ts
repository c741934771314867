import { Injectable } from '@nestjs/common';
import { busyTime, type PendingPolicy } from '../calendar/free-busy.js';
import type { Interval } from '../calendar/interval.js';
import type { IntervalSet } from '../calendar/interval-set.js';
import { takenTime } from './attended-event.js';
import { BusyRepository } from './busy.repository.js';
import { OccurrencesService } from './occurrences.service.js';

/** Finds when users are busy. */
@Injectable()
export class BusyTimeService {
  constructor(
    private readonly busy: BusyRepository,
    private readonly occurrences: OccurrencesService,
  ) {}

  /**
   * Each user's merged busy time in the window; users with none are there too.
   * @param exceptEventId an event that is not looked at
   */
  async ofUsers(
    userIds: readonly number[],
    window: Interval,
    pending: PendingPolicy,
    exceptEventId: number | null = null,
  ): Promise<Map<number, IntervalSet>> {
    const { merged, series } = await this.busy.inWindow(userIds, window, pending, exceptEventId);
    const taken = new Map<number, Interval[]>(userIds.map((id) => [id, []]));
    for (const { userId, start, end } of merged) taken.get(userId)?.push({ start, end });
    for (const one of series) {
      const occurrences = this.occurrences.ofSeries(one, window);
      for (const [userId, intervals] of takenTime(one, occurrences, pending)) {
        taken.get(userId)?.push(...intervals);
      }
    }
    return new Map([...taken].map(([userId, intervals]) => [userId, busyTime([intervals], window)]));
  }
}
