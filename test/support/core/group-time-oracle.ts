import * as fc from 'fast-check';
import type { Person } from '../../../src/calendar/availability/free-interval-query.js';
import type { MeetingGroup } from '../../../src/calendar/availability/groups/chosen-members.js';
import type {
  GroupTime,
  GroupTimesQuery,
} from '../../../src/calendar/availability/groups/group-time-search.js';
import type { Interval } from '../../../src/calendar/intervals/interval.js';
import { timeOfDay } from '../../../src/calendar/time/civil-time.js';
import { naiveCivil } from './naive-zone.js';
import { GRAIN, heldTimes, schedulingCases } from './scheduling-arbitraries.js';
import { instantsAtWork, instantsOf } from './search-diary.js';

export interface GroupCase {
  readonly query: GroupTimesQuery;
  readonly people: readonly Person[];
  /** By the person's id. */
  readonly busy: ReadonlyMap<number, readonly Interval[]>;
  /** Time that is held, by the person's id. */
  readonly held: ReadonlyMap<number, readonly Interval[]>;
}

/** Cases near changes of the clocks. Some groups share members, as groups of rooms may. */
export const groupCases: fc.Arbitrary<GroupCase> = schedulingCases.chain((asked) => {
  const { query, people, busy } = asked;
  const ids = people.map(({ id }) => id);
  const group = fc.shuffledSubarray(ids, { minLength: 1 }).chain((memberIds) =>
    fc.record({
      memberIds: fc.constant(memberIds),
      required: fc.integer({ min: 1, max: memberIds.length }),
    }),
  );
  const allGroups = fc.array(group, { minLength: 1, maxLength: 3 });
  return fc.tuple(allGroups, heldTimes(asked)).map(([groups, held]) => ({
    query: { ...query, groups },
    people,
    busy,
    held,
  }));
});

/** The first of all possible choices in the order of the groups and their members; null: there is none. */
export function someChoice(groups: readonly MeetingGroup[], free: readonly number[]): number[][] | null {
  const [first, ...others] = groups;
  if (first === undefined) return [];
  const candidates = first.memberIds.filter((id) => free.includes(id));
  for (const chosen of combinations(candidates, first.required)) {
    const rest = someChoice(
      others,
      free.filter((id) => !chosen.includes(id)),
    );
    if (rest !== null) return [chosen, ...rest];
  }
  return null;
}

function combinations(ids: readonly number[], count: number): number[][] {
  if (count === 0) return [[]];
  return ids.flatMap((id, index) =>
    combinations(ids.slice(index + 1), count - 1).map((others) => [id].concat(others)),
  );
}

/** The answer of `findGroupTimes`, by trying every start. */
export function bruteForceGroups({ query, people, busy, held }: GroupCase): GroupTime[] {
  const { window, duration, step, limit, groups, bufferBefore, bufferAfter } = query;
  const working = new Map(
    people.map(({ id, workingHours, timeZone }) => [
      id,
      workingHours && instantsAtWork(workingHours, timeZone, window),
    ]),
  );
  const suits = ({ id, away = [] }: Person, meeting: Interval) => {
    const atWork = working.get(id) ?? null;
    const [start, end] = [meeting.start - bufferBefore, meeting.end + bufferAfter];
    const isBusy = [...(busy.get(id) ?? []), ...(held.get(id) ?? []), ...away].some(
      (each) => each.start < each.end && each.start < end && start < each.end,
    );
    return !isBusy && (atWork === null || instantsOf(meeting).every((instant) => atWork.has(instant)));
  };
  const found: GroupTime[] = [];
  for (const start of instantsOf({ start: window.start, end: window.end - duration + GRAIN })) {
    if (found.length === limit) break;
    const last = found.at(-1);
    if (last && start < last.end + Math.max(bufferBefore, bufferAfter)) continue;
    if (step !== null && timeOfDay(naiveCivil(step.zone.name, start)) % step.period !== 0) continue;
    const meeting = { start, end: start + duration };
    const free = people.filter((person) => suits(person, meeting)).map(({ id }) => id);
    if (someChoice(groups, free) !== null) found.push({ ...meeting, freeIds: new Set(free) });
  }
  return found;
}
