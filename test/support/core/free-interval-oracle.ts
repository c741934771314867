import type { BlockingRule } from '../../../src/calendar/availability/availability.js';
import type { BlockingReason } from '../../../src/calendar/availability/blocking-reasons.js';
import type {
  FreeIntervalAnswer,
  Suggestion,
} from '../../../src/calendar/availability/free-interval-answer.js';
import type { FreeIntervalQuery, Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { HoursOfDay } from '../../../src/calendar/availability/hours/hours-of-day.js';
import { isWeekly, type WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import type { CivilTime, EpochDay, Instant } from '../../../src/calendar/time/civil-time.js';
import { DAY, epochDayOfCivil, timeOfDay, weekdayOf } from '../../../src/calendar/time/civil-time.js';
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
class Diary {
  private readonly working: ReadonlySet<Instant>;
  /** The instants at which not the shifts of the week decide that there is no work. */
  private readonly ofDates: ReadonlySet<Instant>;

  constructor(
    readonly person: Person,
    private readonly meetings: readonly Interval[],
    private readonly query: FreeIntervalQuery,
  ) {
    const { workingHours, timeZone } = person;
    this.working =
      workingHours === null
        ? new Set(instantsOf(query.window))
        : instantsAtWork(workingHours, timeZone, query.window);
    const hours = workingHours ?? [];
    const dates = hours.flatMap((row) => (isWeekly(row) ? [] : [row.date]));
    this.ofDates = new Set([
      ...instantsInDays(dates, timeZone, query.window),
      ...instantsAtWork(hours.filter(isWeekly), timeZone, query.window),
    ]);
  }

  suits({ start, end }: Interval): boolean {
    const { bufferBefore, bufferAfter } = this.query;
    return (
      instantsOf({ start, end }).every((instant) => this.working.has(instant)) &&
      !this.isTaken({ start: start - bufferBefore, end: end + bufferAfter })
    );
  }

  rulesAgainst(instant: Instant): BlockingRule[] {
    const { bufferBefore, bufferAfter } = this.query;
    const now = { start: instant, end: instant + GRAIN };
    const buffer =
      !this.isTaken(now) && this.isTaken({ start: now.start - bufferBefore, end: now.end + bufferAfter });
    const closed = this.ofDates.has(instant) ? 'date_override' : 'outside_working_hours';
    return [
      ...(overlapsAny(this.meetings, now) ? (['busy'] as const) : []),
      ...(overlapsAny(this.away, now) ? (['away'] as const) : []),
      ...(buffer ? (['buffer'] as const) : []),
      ...(this.working.has(instant) ? [] : ([closed] as const)),
    ];
  }

  private isTaken(interval: Interval): boolean {
    return overlapsAny(this.meetings, interval) || overlapsAny(this.away, interval);
  }

  private get away(): readonly Interval[] {
    return this.person.away ?? [];
  }
}

function overlapsAny(intervals: readonly Interval[], { start, end }: Interval): boolean {
  return intervals.some((each) => each.start < each.end && each.start < end && start < each.end);
}

/** The order of the rules of a person. */
const RULES = ['busy', 'away', 'buffer', 'date_override', 'outside_working_hours'] as const;

/** The answer of `nearestFreeIntervals`, by trying every start. */
export function bruteForce({ query, people, busy }: SchedulingCase): FreeIntervalAnswer {
  const { window, duration, step, minAttending, limit } = query;
  const diaries = people.map((each) => new Diary(each, busy.get(each.id) ?? [], query));
  const required = diaries.filter(({ person }) => !person.optional);
  const starts = instantsOf({ start: window.start, end: window.end - duration + GRAIN }).filter(
    (start) => step === null || timeOfDay(step.zone.toCivil(start)) % step.period === 0,
  );

  const suggestions: Suggestion[] = [];
  for (const start of starts) {
    const end = start + duration;
    if (suggestions.length === limit) break;
    if (start < (suggestions.at(-1)?.end ?? start)) continue;
    const attending = diaries.filter((diary) => diary.suits({ start, end }));
    const counted = attending.filter((diary) => required.includes(diary));
    if (counted.length < (minAttending ?? required.length)) continue;
    let freeUntil = end;
    while (
      freeUntil < window.end &&
      counted.every((diary) => diary.suits({ start: freeUntil, end: freeUntil + GRAIN }))
    )
      freeUntil += GRAIN;
    suggestions.push({
      start,
      end,
      freeUntil: freeUntil === window.end ? null : freeUntil,
      attending: attending.map(({ person }) => person.id),
    });
  }

  const nearest = suggestions.at(0)?.start ?? window.end;
  const tried = starts.filter((start) => start < nearest);
  const searched =
    window.start + duration > window.end ? [] : instantsOf({ start: window.start, end: nearest });
  return { suggestions, reasons: required.flatMap((diary) => reasonsOf(diary, searched, tried, duration)) };
}

function reasonsOf(
  diary: Diary,
  searched: readonly Instant[],
  tried: readonly Instant[],
  duration: number,
): BlockingReason[] {
  const against = new Set(searched.flatMap((instant) => diary.rulesAgainst(instant)));
  const rules = RULES.filter((rule) => against.has(rule));
  const unavailableThroughout = !tried.some((start) => diary.suits({ start, end: start + duration }));
  return rules.map((rule) => ({ userId: diary.person.id, rule, unavailableThroughout }));
}
