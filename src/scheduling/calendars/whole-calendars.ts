import type { BusyCalendar, BusySeries } from '../../calendar/conflicts/compared/busy-series.js';
import { normalise } from '../../calendar/intervals/interval-set.js';
import type { TimeOfSingles } from './calendars-beside-events.js';
import type { GroupedSeries } from './grouped-series.js';

interface SeriesOfEvent {
  readonly eventId: number;
  readonly busy: BusySeries;
}

/** The calendars of users, for a comparison of all occurrences. */
export class WholeCalendars {
  private readonly series = new Map<number, SeriesOfEvent[]>();

  constructor(
    private readonly single: TimeOfSingles,
    series: readonly GroupedSeries[],
  ) {
    for (const each of series) {
      for (const { userIds, busy } of each.ofUsers())
        for (const userId of userIds) this.add(userId, { eventId: each.id, busy });
    }
  }

  /** The time of a user without that of some events. @param exceptIds only events that were compared */
  of(userId: number, exceptIds: ReadonlySet<number>): BusyCalendar {
    const merged = this.single.merged.get(userId) ?? [];
    const apart = (this.single.apart.get(userId) ?? []).filter(({ eventId }) => !exceptIds.has(eventId));
    const series = (this.series.get(userId) ?? []).filter(({ eventId }) => !exceptIds.has(eventId));
    return {
      single: apart.length === 0 ? merged : normalise(merged.concat(apart)),
      series: series.map(({ busy }) => busy),
    };
  }

  private add(userId: number, series: SeriesOfEvent): void {
    const known = this.series.get(userId);
    if (known) known.push(series);
    else this.series.set(userId, [series]);
  }
}
