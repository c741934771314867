import { CollectedBusyTime, type PendingPolicy } from '../../calendar/availability/free-busy.js';
import { BUSY_KINDS, type BusyKind } from '../../calendar/availability/kinds/busy-kind.js';
import { type KindedInterval, strongestKinds } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { SECOND } from '../../calendar/time/civil-time.js';
import type { TenantChanges } from '../../calendars/read/known/tenant-changes.js';
import type { Effort } from '../../platform/work/long-work.js';
import type { CalendarOwner } from '../../users/model/calendar-owner.js';
import { isResource } from '../../users/model/user-record.js';
import type { ReadPolicy } from '../calendars/calendar-reader.js';
import type { CalendarsInWindow } from '../calendars/calendars-in-window.js';
import { type BusyTimes, OCCURRENCES_IN_PART } from '../calendars/grouped-series.js';
import { TimeAway } from '../calendars/time-away.js';
import { CHUNK_LENGTH } from './busy-chunk.js';
import { type CachedCalendar, chunksOf } from './cached-calendar.js';
import type { CachedOwner } from './calendar-entry-reader.js';

/** Which time of the calendars counts. */
interface BusyChoice {
  readonly pending: ReadPolicy;
  /** Calendars that are left out. */
  readonly exceptCalendarIds: readonly number[];
}

/** The calendars of users in a window, from the cache. */
export class CachedCalendars implements CalendarsInWindow {
  readonly partLength: number;
  readonly owners: ReadonlyMap<number, CalendarOwner>;
  private readonly away: TimeAway;

  constructor(
    private readonly userIds: readonly number[],
    private readonly calendars: ReadonlyMap<number, CachedCalendar>,
    private readonly choice: BusyChoice,
    private readonly effort: Effort,
    readonly changes: TenantChanges | null,
  ) {
    this.owners = new Map([...calendars].map(([id, { known }]) => [id, known.owner]));
    this.partLength = lengthOfPart([...calendars.values()]);
    this.away = new TimeAway(this.owners.values());
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    return this.away.addedToAll(await this.eventsIn(part), part);
  }

  async eventsIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    const busy = new Map<number, IntervalSet>();
    for (const id of this.userIds) {
      const collected = new CollectedBusyTime();
      this.collect(id, part, () => collected);
      busy.set(id, clip(normalise(collected.intervals), part));
      if (this.effort.spend(collected.intervals.length)) await this.effort.rest();
    }
    return busy;
  }

  async kindsIn(part: Interval): Promise<ReadonlyMap<number, readonly KindedInterval[]>> {
    const kinds = new Map<number, readonly KindedInterval[]>();
    for (const id of this.userIds) {
      const byKind = new Map(BUSY_KINDS.map((kind) => [kind, new CollectedBusyTime()]));
      this.collect(id, part, (kind) => byKind.get(kind));
      const sets = new Map<BusyKind, IntervalSet>();
      for (const [kind, { intervals }] of byKind) sets.set(kind, clip(normalise(intervals), part));
      sets.set('out_of_office', this.away.addedTo(sets.get('out_of_office') ?? [], id, part));
      const strongest = strongestKinds(sets);
      kinds.set(id, strongest);
      if (this.effort.spend(strongest.length)) await this.effort.rest();
    }
    return kinds;
  }

  private collect(userId: number, part: Interval, timesOf: (kind: BusyKind) => BusyTimes | undefined): void {
    const calendar = this.calendars.get(userId);
    if (!calendar) return;
    const { pending, exceptCalendarIds } = this.choice;
    const policy = policyOf(calendar.known.owner, pending);
    for (const number of chunksOf(part))
      for (const chunk of calendar.chunks(number)) chunk.collect(part, policy, exceptCalendarIds, timesOf);
  }
}

/** The length of the parts in which a search asks for busy time, so that a step of it takes a few milliseconds. */
function lengthOfPart(calendars: readonly CachedCalendar[]): number {
  const inChunk = calendars.reduce((sum, { densest }) => sum + densest, 0);
  return Math.max(SECOND, Math.floor(((OCCURRENCES_IN_PART / inChunk) * CHUNK_LENGTH) / SECOND) * SECOND);
}

/** The policy for one user, as `policyOf` of the statements that read calendars. */
function policyOf(owner: CachedOwner, pending: ReadPolicy): PendingPolicy {
  if (isResource(owner)) return 'busy';
  if (pending !== 'bookable') return pending;
  return owner.doubleBooking === 'reject' ? 'answered' : 'free';
}
