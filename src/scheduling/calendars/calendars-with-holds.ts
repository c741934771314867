import { BUSY_KINDS, type BusyKind } from '../../calendar/availability/kinds/busy-kind.js';
import { type KindedInterval, strongestKinds } from '../../calendar/availability/kinds/kinded-time.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { clip, type IntervalSet, normalise } from '../../calendar/intervals/interval-set.js';
import { grouped } from './by-event.js';
import type { HeldTimeRow } from './calendar-reader.js';
import type { CalendarsInWindow } from './calendars-in-window.js';

/** Calendars of users of whom some have open holds. Held time is busy for every reader and with every policy. */
class CalendarsWithHolds implements CalendarsInWindow {
  constructor(
    private readonly events: CalendarsInWindow,
    private readonly held: ReadonlyMap<number, IntervalSet>,
  ) {}

  get owners(): CalendarsInWindow['owners'] {
    return this.events.owners;
  }

  get changes(): CalendarsInWindow['changes'] {
    return this.events.changes;
  }

  get partLength(): number {
    return this.events.partLength;
  }

  async busyIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    const busy = new Map(await this.events.busyIn(part));
    for (const [userId, set] of this.timeOfHolds(part))
      busy.set(userId, normalise([...(busy.get(userId) ?? []), ...set]));
    return busy;
  }

  async eventsIn(part: Interval): Promise<ReadonlyMap<number, IntervalSet>> {
    return this.events.eventsIn(part);
  }

  async kindsIn(part: Interval): Promise<ReadonlyMap<number, readonly KindedInterval[]>> {
    const kinds = new Map(await this.events.kindsIn(part));
    for (const [userId, set] of this.timeOfHolds(part))
      kinds.set(userId, withBusy(kinds.get(userId) ?? [], set));
    return kinds;
  }

  /** The held time in a part, by those of the users who have any. */
  timeOfHolds(part: Interval): ReadonlyMap<number, IntervalSet> {
    const held = new Map<number, IntervalSet>();
    for (const [userId, set] of this.held) {
      const within = clip(set, part);
      if (within.length > 0) held.set(userId, within);
    }
    return held;
  }
}

function withBusy(kinds: readonly KindedInterval[], held: IntervalSet): KindedInterval[] {
  const setOf = (kind: BusyKind): IntervalSet => normalise(kinds.filter((each) => each.kind === kind));
  const sets = new Map(BUSY_KINDS.map((kind) => [kind, setOf(kind)]));
  return strongestKinds(sets.set('busy', normalise([...setOf('busy'), ...held])));
}

/** Adds the open holds on users to their calendars in a window. @returns the calendars themselves if there are none */
export function withHolds(
  calendars: CalendarsInWindow,
  held: readonly HeldTimeRow[],
  window: Interval,
): CalendarsInWindow {
  if (held.length === 0) return calendars;
  const byUser = grouped(held, ({ userId }) => userId);
  const setOf = (rows: readonly Interval[]): IntervalSet =>
    clip(normalise(rows.map(({ start, end }) => ({ start, end }))), window);
  return new CalendarsWithHolds(
    calendars,
    new Map([...byUser].map(([userId, rows]) => [userId, setOf(rows)])),
  );
}

/** The time of open holds in a part of calendars, by those of the users who have any. */
export function heldTimeIn(calendars: CalendarsInWindow, part: Interval): ReadonlyMap<number, IntervalSet> {
  return calendars instanceof CalendarsWithHolds ? calendars.timeOfHolds(part) : new Map();
}
