import type { BlockingRule } from '../../../src/calendar/availability/availability.js';
import type { BlockingReason } from '../../../src/calendar/availability/blocking-reasons.js';
import type {
  FreeIntervalAnswer,
  Suggestion,
} from '../../../src/calendar/availability/free-interval-answer.js';
import type { FreeIntervalQuery, Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { WorkingHours } from '../../../src/calendar/availability/working-hours.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import type { Instant } from '../../../src/calendar/time/civil-time.js';
import { DAY, epochDayOfCivil, timeOfDay, weekdayOf } from '../../../src/calendar/time/civil-time.js';
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
class Diary {
  private readonly working: ReadonlySet<Instant>;

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
  }

  suits({ start, end }: Interval): boolean {
    const { bufferBefore, bufferAfter } = this.query;
    return (
      instantsOf({ start, end }).every((instant) => this.working.has(instant)) &&
      !this.isBusy({ start: start - bufferBefore, end: end + bufferAfter })
    );
  }

  rulesAgainst(instant: Instant): BlockingRule[] {
    const { bufferBefore, bufferAfter } = this.query;
    const now = { start: instant, end: instant + GRAIN };
    const busy = this.isBusy(now);
    const buffer = !busy && this.isBusy({ start: now.start - bufferBefore, end: now.end + bufferAfter });
    return [
      ...(busy ? (['busy'] as const) : []),
      ...(buffer ? (['buffer'] as const) : []),
      ...(this.working.has(instant) ? [] : (['outside_working_hours'] as const)),
    ];
  }

  private isBusy({ start, end }: Interval): boolean {
    return this.meetings.some((each) => each.start < each.end && each.start < end && start < each.end);
  }
}

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
  const rules = (['busy', 'buffer', 'outside_working_hours'] as const).filter((rule) => against.has(rule));
  const unavailableThroughout = !tried.some((start) => diary.suits({ start, end: start + duration }));
  return rules.map((rule) => ({ userId: diary.person.id, rule, unavailableThroughout }));
}
