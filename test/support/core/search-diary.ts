import type { BlockingRule } from '../../../src/calendar/availability/availability.js';
import type { Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { RelaxableRule } from '../../../src/calendar/availability/search/relaxable-rules.js';
import type { WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import type { Instant } from '../../../src/calendar/time/civil-time.js';
import { DAY, epochDayOfCivil, weekdayOf } from '../../../src/calendar/time/civil-time.js';
import type { TimeZone } from '../../../src/calendar/time/time-zone.js';
import type { SchedulingCase } from './scheduling-arbitraries.js';
import { GRAIN } from './scheduling-arbitraries.js';

/** The instants of an interval, one each grain. */
export function instantsOf({ start, end }: Interval): Instant[] {
  return Array.from({ length: Math.max(0, (end - start) / GRAIN) }, (_, slot) => start + slot * GRAIN);
}

/**
 * The instants of the window at which someone is at work, by watching the clock: a shift is on from when the clock
 * has got as far as its start until it has got as far as its end.
 */
export function instantsAtWork(hours: WorkingHours, zone: TimeZone, window: Interval): Set<Instant> {
  const working = new Set<Instant>();
  let furthest = -Infinity;
  for (const instant of instantsOf({ start: window.start - 3 * DAY, end: window.end })) {
    furthest = Math.max(furthest, zone.toCivil(instant));
    const today = epochDayOfCivil(furthest);
    const isOn = [today - 1, today].some((day) =>
      hours.some(({ daysOfWeek, from, to }) => {
        const end = (from < to ? day : day + 1) * DAY + to;
        return daysOfWeek.includes(weekdayOf(day)) && day * DAY + from <= furthest && furthest < end;
      }),
    );
    if (isOn && instant >= window.start) working.add(instant);
  }
  return working;
}

/** Whether the calendar of a person allows a meeting, and an instant, in the words of the contract. */
export class Diary {
  private readonly working: ReadonlySet<Instant>;
  private readonly visible: ReadonlySet<Instant>;
  private readonly hidden: ReadonlySet<Instant>;
  private readonly buffers: readonly [before: number, after: number];
  private readonly duration: number;
  private readonly free = new Map<Instant, boolean>();

  /** @param without the rule that does not apply */
  constructor(
    readonly person: Person,
    { query, busy, pending, hidden }: SchedulingCase,
    without: RelaxableRule | null = null,
  ) {
    const { id, workingHours, timeZone, hiddenCalendars } = person;
    this.working =
      workingHours === null || without === 'outside_working_hours'
        ? new Set(instantsOf(query.window))
        : instantsAtWork(workingHours, timeZone, query.window);
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
    const buffer = !busy && around.some((each) => this.visible.has(each));
    const hidden = !busy && !buffer && around.some((each) => this.hidden.has(each));
    return [
      ...(busy ? (['busy'] as const) : []),
      ...(buffer ? (['buffer'] as const) : []),
      ...(this.working.has(instant) ? [] : (['outside_working_hours'] as const)),
      ...(hidden ? (['calendar_not_shared'] as const) : []),
    ];
  }

  /** Whether the person is visibly busy so long before the start of the meeting, or after its end. */
  isBusyBeside(start: Instant, away: number): boolean {
    return this.visible.has(start - away - GRAIN) || this.visible.has(start + this.duration + away);
  }
}
