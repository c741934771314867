import { Injectable } from '@nestjs/common';
import { parseCivilTime } from '../calendar/civil-time.js';
import { blocks, busyTime, type PendingPolicy } from '../calendar/free-busy.js';
import type { Interval } from '../calendar/interval.js';
import type { IntervalSet } from '../calendar/interval-set.js';
import { type AttendedSeries, BusyRepository } from './busy.repository.js';
import { OccurrencesService } from './occurrences.service.js';

/** Finds when users are busy. */
@Injectable()
export class BusyTimeService {
  constructor(
    private readonly busy: BusyRepository,
    private readonly occurrences: OccurrencesService,
  ) {}

  /** Each user's merged busy time in the window; users with none are there too. */
  async ofUsers(
    userIds: readonly number[],
    window: Interval,
    pending: PendingPolicy,
  ): Promise<Map<number, IntervalSet>> {
    const { merged, series } = await this.busy.inWindow(userIds, window, pending);
    const taken = new Map<number, Interval[]>(userIds.map((id) => [id, []]));
    for (const { userId, start, end } of merged) taken.get(userId)?.push({ start, end });
    for (const one of series) this.addSeries(one, window, pending, taken);
    return new Map([...taken].map(([userId, intervals]) => [userId, busyTime([intervals], window)]));
  }

  private addSeries(
    series: AttendedSeries,
    window: Interval,
    pending: PendingPolicy,
    taken: ReadonlyMap<number, Interval[]>,
  ): void {
    const occurrences = this.occurrences.ofSeries(series, window);
    for (const { userId, status, answers } of series.participants) {
      const answered = new Map(
        answers.map((answer) => [parseCivilTime(answer.originalStart), answer.status]),
      );
      for (const { start, end, originalCivilStart, override } of occurrences) {
        const participation = answered.get(originalCivilStart) ?? status;
        const showAs = override?.showAs ?? series.showAs;
        if (blocks({ showAs, status: 'confirmed', participation, pending }))
          taken.get(userId)?.push({ start, end });
      }
    }
  }
}
