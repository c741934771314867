import type { BlockingRule } from '../../../src/calendar/availability/availability.js';
import type { Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { HoursOfDay } from '../../../src/calendar/availability/hours/hours-of-day.js';
import type { RelaxableRule } from '../../../src/calendar/availability/search/relaxable-rules.js';
import { isWeekly, type WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import type { CivilTime, EpochDay, Instant } from '../../../src/calendar/time/civil-time.js';
import { DAY, epochDayOfCivil, weekdayOf } from '../../../src/calendar/time/civil-time.js';
import type { TimeZone } from '../../../src/calendar/time/time-zone.js';
import type { SchedulingCase } from './scheduling-arbitraries.js';
import { GRAIN } from './scheduling-arbitraries.js';

/** The instants of an interval, one each grain. */
export function instantsOf({ start, end }: Interval): Instant[] {
  return Array.from({ length: Math.max(0, (end - start) / GRAIN) }, (_, slot) => start + slot * GRAIN);
}

/** What the clock has got as far as at each instant of a window. */
function* watched(zone: TimeZone, window: Interval): Generator<{ instant: Instant; furthest: CivilTime }> {
  let furthest = -Infinity;
  for (const instant of instantsOf({ start: window.start - 3 * DAY, end: window.end })) {
    furthest = Math.max(furthest, zone.toCivil(instant));
    if (instant >= window.start) yield { instant, furthest };
  }
}

/**
 * The instants of the window at which someone is at work, by watching the clock: a shift is on from when the clock
 * has got as far as its start until it has got as far as its end. A date with hours of its own starts no shift of the week.
 */
export function instantsAtWork(hours: WorkingHours, zone: TimeZone, window: Interval): Set<Instant> {
  const working = new Set<Instant>();
  for (const { instant, furthest } of watched(zone, window)) {
    const today = epochDayOfCivil(furthest);
    const isOn = [today - 1, today].some((day) =>
      hoursStartingOn(hours, day).some(({ from, to }) => {
        const end = (from < to ? day : day + 1) * DAY + to;
        return day * DAY + from <= furthest && furthest < end;
      }),
    );
    if (isOn) working.add(instant);
  }
  return working;
}

function hoursStartingOn(hours: WorkingHours, day: EpochDay): readonly HoursOfDay[] {
  for (const row of hours) if (!isWeekly(row) && row.date === day) return row.hours;
  return hours.filter(isWeekly).filter(({ daysOfWeek }) => daysOfWeek.includes(weekdayOf(day)));
}

/** The instants of the window at which the clock has got as far as one of the days, and not as far as the next. */
export function instantsInDays(days: readonly EpochDay[], zone: TimeZone, window: Interval): Set<Instant> {
  const found = [...watched(zone, window)].filter(({ furthest }) => days.includes(epochDayOfCivil(furthest)));
  return new Set(found.map(({ instant }) => instant));
}

/** Whether the calendar of a person allows a meeting, and an instant, in the words of the contract. */
export class Diary {
  private readonly working: ReadonlySet<Instant>;
  /** The instants at which not the shifts of the week decide that there is no work. */
  private readonly ofDates: ReadonlySet<Instant>;
  private readonly away: ReadonlySet<Instant>;
  private readonly held: ReadonlySet<Instant>;
  private readonly visible: ReadonlySet<Instant>;
  private readonly hidden: ReadonlySet<Instant>;
  private readonly buffers: readonly [before: number, after: number];
  private readonly duration: number;
  private readonly free = new Map<Instant, boolean>();

  /** @param without the rule that does not apply */
  constructor(
    readonly person: Person,
    { query, busy, pending, hidden, held }: SchedulingCase,
    without: RelaxableRule | null = null,
  ) {
    const { id, workingHours, timeZone, hiddenCalendars } = person;
    const hours = workingHours ?? [];
    const weekly = instantsAtWork(hours.filter(isWeekly), timeZone, query.window);
    const dates = hours.flatMap((row) => (isWeekly(row) ? [] : [row.date]));
    const inDates = instantsInDays(dates, timeZone, query.window);
    this.ofDates = new Set([...inDates, ...weekly]);
    const always = instantsOf(query.window);
    if (workingHours === null) this.working = new Set(always);
    else if (without === 'date_override') this.working = weekly;
    else {
      const working = instantsAtWork(workingHours, timeZone, query.window);
      const ofWeek = without === 'outside_working_hours' ? always.filter((each) => !inDates.has(each)) : [];
      this.working = new Set([...working, ...ofWeek]);
    }
    this.away = new Set(without === 'away' ? [] : (person.away ?? []).flatMap(instantsOf));
    this.held = new Set(without === 'hold' ? [] : (held?.get(id) ?? []).flatMap(instantsOf));
    const firm = without === 'busy' ? [] : (busy.get(id) ?? []);
    const open = without === 'busy' || without === 'pending' ? [] : (pending?.get(id) ?? []);
    this.visible = new Set([...firm, ...open].flatMap(instantsOf));
    const never = { start: query.window.start - 2 * DAY, end: query.window.end + 2 * DAY };
    const unseen = hiddenCalendars === 'all' ? [never] : (hidden?.get(id) ?? []);
    this.hidden = new Set(without === 'calendar_not_shared' ? [] : unseen.flatMap(instantsOf));
    this.buffers = without === 'buffer' ? [0, 0] : [query.bufferBefore, query.bufferAfter];
    this.duration = query.duration;
  }

  /** Whether the person can attend the meeting that starts then. */
  suits(start: Instant): boolean {
    for (let instant = start; instant < start + this.duration; instant += GRAIN)
      if (!this.isFree(instant)) return false;
    return true;
  }

  /** Whether the person is at work, and no busy time is nearer than the buffers. */
  isFree(instant: Instant): boolean {
    const known = this.free.get(instant) ?? this.rulesAgainst(instant).length === 0;
    this.free.set(instant, known);
    return known;
  }

  rulesAgainst(instant: Instant): BlockingRule[] {
    if (this.person.hiddenCalendars === 'all' && this.hidden.size > 0) return ['calendar_not_shared'];
    const around = instantsOf({ start: instant - this.buffers[0], end: instant + GRAIN + this.buffers[1] });
    const busy = this.visible.has(instant);
    const away = this.away.has(instant);
    const held = this.held.has(instant);
    const taken = busy || away || held;
    const buffer =
      !taken && around.some((each) => [this.visible, this.away, this.held].some((set) => set.has(each)));
    const hidden = !taken && !buffer && around.some((each) => this.hidden.has(each));
    const closed = this.ofDates.has(instant) ? 'date_override' : 'outside_working_hours';
    return [
      ...(busy ? (['busy'] as const) : []),
      ...(away ? (['away'] as const) : []),
      ...(held ? (['hold'] as const) : []),
      ...(buffer ? (['buffer'] as const) : []),
      ...(this.working.has(instant) ? [] : ([closed] as const)),
      ...(hidden ? (['calendar_not_shared'] as const) : []),
    ];
  }

  /** Whether the person is visibly busy so long before the start of the meeting, or after its end. */
  isBusyBeside(start: Instant, away: number): boolean {
    return this.visible.has(start - away - GRAIN) || this.visible.has(start + this.duration + away);
  }
}
