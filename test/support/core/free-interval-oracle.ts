import type { BlockingReason } from '../../../src/calendar/availability/blocking-reasons.js';
import {
  type FreeIntervalQuery,
  MAX_STARTS,
} from '../../../src/calendar/availability/free-interval-query.js';
import type {
  FreeIntervalAnswer,
  Suggestion,
} from '../../../src/calendar/availability/search/free-interval-answer.js';
import type { RelaxableRule } from '../../../src/calendar/availability/search/relaxable-rules.js';
import type { Relaxation } from '../../../src/calendar/availability/search/relaxations.js';
import type { Instant } from '../../../src/calendar/time/civil-time.js';
import { DAY, timeOfDay } from '../../../src/calendar/time/civil-time.js';
import type { SchedulingCase } from './scheduling-arbitraries.js';
import { GRAIN } from './scheduling-arbitraries.js';
import { Diary, instantsOf } from './search-diary.js';

const DAY_IN_GRAINS = DAY / GRAIN;

/** The order of the rules of a person. */
const RULES = [
  'busy',
  'away',
  'hold',
  'buffer',
  'date_override',
  'outside_working_hours',
  'calendar_not_shared',
] as const;

/** The answer of `nearestFreeIntervals`, by trying every start. */
export function bruteForce(asked: SchedulingCase): FreeIntervalAnswer {
  const { query, people } = asked;
  const { window, duration, minAttending } = query;
  const diaries = people.map((person) => new Diary(person, asked));
  const required = diaries.filter(({ person }) => !person.optional);
  const tried = startsOf(asked);
  const isPossible = (start: Instant, those: readonly Diary[] = required) =>
    those.filter((diary) => diary.suits(start)).length >= (minAttending ?? required.length);
  const possible = tried.filter((start) => isPossible(start));

  const { chosen, nextStart } = chosenOf(possible, query, required);
  const nearestStart = possible.at(0) ?? null;
  const before = tried.filter((start) => start < (nearestStart ?? window.end));
  return {
    suggestions: chosen.map((start) => suggestionOf(start, diaries, asked)),
    reasons:
      window.start + duration > window.end
        ? []
        : diaries.flatMap((diary) => reasonsOf(diary, asked, nearestStart, tried)),
    relaxations: query.explain ? relaxationsOf(before, required, required, asked, isPossible) : null,
    nextStart,
  };
}

/** The suggestions of all possible starts. @param rated the people whose distances count */
export function chosenOf(
  possible: readonly Instant[],
  query: Omit<FreeIntervalQuery, 'minAttending'>,
  rated: readonly Diary[],
): { chosen: Instant[]; nextStart: Instant | null } {
  const { duration, limit, starts = 'separate', prefer = 'earliest' } = query;
  const most = prefer === 'earliest' ? limit : MAX_STARTS;
  const apart = duration + Math.max(query.bufferBefore, query.bufferAfter);
  const candidates =
    starts === 'separate' && prefer === 'earliest'
      ? separated(possible, apart, limit)
      : possible.slice(0, most);
  const ordered = prefer === 'earliest' ? candidates : byDistance(candidates, rated, prefer);
  return {
    chosen: starts === 'all' ? ordered.slice(0, limit) : separated(ordered, apart, limit),
    nextStart: starts === 'all' ? (possible.at(most) ?? null) : null,
  };
}

/** The starts on the grid whose meetings the window encloses. */
export function startsOf({ query: { window, duration, step } }: Pick<SchedulingCase, 'query'>): Instant[] {
  return instantsOf({ start: window.start, end: window.end - duration + GRAIN }).filter(
    (start) => step === null || timeOfDay(step.zone.toCivil(start)) % step.period === 0,
  );
}

/** The first of these starts that are so far apart from those chosen before. */
function separated(starts: readonly Instant[], apart: number, limit: number): Instant[] {
  const chosen: Instant[] = [];
  for (const start of starts) {
    if (chosen.length < limit && chosen.every((other) => Math.abs(other - start) >= apart))
      chosen.push(start);
  }
  return chosen;
}

function byDistance(
  starts: readonly Instant[],
  required: readonly Diary[],
  prefer: 'compact' | 'spread',
): Instant[] {
  const distances = new Map(starts.map((start) => [start, meanDistance(start, required)]));
  const of = (start: Instant) => distances.get(start) ?? 0;
  return starts.toSorted((a, b) => (prefer === 'compact' ? of(a) - of(b) : of(b) - of(a)) || a - b);
}

/** Walks away from the meeting on both sides, grain by grain, until the person is busy. */
function meanDistance(start: Instant, required: readonly Diary[]): number {
  const attending = required.filter((diary) => diary.suits(start));
  const sum = attending.reduce((total, diary) => {
    let away = 0;
    while (away < DAY_IN_GRAINS && !diary.isBusyBeside(start, away * GRAIN)) away += 1;
    return total + away * GRAIN;
  }, 0);
  return attending.length === 0 ? 0 : sum / attending.length;
}

function suggestionOf(
  start: Instant,
  diaries: readonly Diary[],
  { query: { window, duration } }: SchedulingCase,
): Suggestion {
  const end = start + duration;
  const attending = diaries.filter((diary) => diary.suits(start));
  const counted = attending.filter(({ person }) => !person.optional);
  let freeUntil = end;
  while (freeUntil < window.end && counted.every((diary) => diary.isFree(freeUntil))) freeUntil += GRAIN;
  return {
    start,
    end,
    freeUntil: freeUntil === window.end ? null : freeUntil,
    attending: attending.map(({ person }) => person.id),
  };
}

function reasonsOf(
  diary: Diary,
  { query: { window } }: SchedulingCase,
  nearestStart: Instant | null,
  tried: readonly Instant[],
): BlockingReason[] {
  const unavailableThroughout = !tried.some(
    (start) => (nearestStart === null || start <= nearestStart) && diary.suits(start),
  );
  return RULES.flatMap((rule) => {
    const isBlocked = (instant: Instant) => diary.rulesAgainst(instant).includes(rule);
    const first = instantsOf({ start: window.start, end: nearestStart ?? window.end }).find(isBlocked);
    if (first === undefined) return [];
    const until = instantsOf({ start: first, end: window.end }).find((instant) => !isBlocked(instant));
    const { id, optional } = diary.person;
    return [{ userId: id, rule, until: until ?? null, optional, unavailableThroughout }];
  });
}

const RELAXABLE_RULES: readonly RelaxableRule[] = [
  'busy',
  'pending',
  'away',
  'hold',
  'buffer',
  'date_override',
  'outside_working_hours',
  'calendar_not_shared',
];

/** Tries every start before the nearest one without each rule of each of some people in turn. */
export function relaxationsOf(
  before: readonly Instant[],
  dropped: readonly Diary[],
  required: readonly Diary[],
  asked: SchedulingCase,
  isPossible: (start: Instant, diaries: readonly Diary[]) => boolean,
): Relaxation[] {
  return dropped
    .flatMap((diary) =>
      RELAXABLE_RULES.filter(
        (rule) => (diary.person.hiddenCalendars !== undefined) === (rule === 'calendar_not_shared'),
      ).flatMap((rule) => {
        const relaxed = required.map((each) => (each === diary ? new Diary(each.person, asked, rule) : each));
        const start = before.find((each) => isPossible(each, relaxed));
        return start === undefined
          ? []
          : [{ userId: diary.person.id, rule, start, end: start + asked.query.duration }];
      }),
    )
    .toSorted((a, b) => a.start - b.start);
}
