import * as fc from 'fast-check';
import type { MeetingGroup } from '../../../src/calendar/availability/groups/chosen-members.js';
import type {
  GroupTimesAnswer,
  GroupTimesQuery,
} from '../../../src/calendar/availability/groups/group-times-query.js';
import type { Instant } from '../../../src/calendar/time/civil-time.js';
import { chosenOf, relaxationsOf, startsOf } from './free-interval-oracle.js';
import { type SchedulingCase, schedulingCasesWithOptions } from './scheduling-arbitraries.js';
import { Diary } from './search-diary.js';

export interface GroupCase extends SchedulingCase {
  readonly query: GroupTimesQuery & SchedulingCase['query'];
}

/**
 * Cases near changes of the clocks, with options. Each named person is in one group. The other members are in any number of
 * groups, as rooms of filters are. The optional people of the case are in no group.
 */
export const groupCases: fc.Arbitrary<GroupCase> = schedulingCasesWithOptions.chain((asked) => {
  const ids = asked.people.filter(({ optional }) => !optional).map(({ id }) => id);
  return fc
    .record({
      named: fc.tuple(...ids.map(() => fc.constantFrom(0, 1, 2, null))),
      others: fc.array(fc.shuffledSubarray(ids), { minLength: 3, maxLength: 3 }),
      required: fc.array(fc.nat(), { minLength: 3, maxLength: 3 }),
      isPlain: fc.boolean(),
    })
    .map((drawn) => groupCase(asked, ids, drawn));
});

interface Drawn {
  /** The group of each person who is not optional; null: the person is not named. */
  readonly named: readonly (number | null)[];
  readonly others: readonly (readonly number[])[];
  readonly required: readonly number[];
  readonly isPlain: boolean;
}

function groupCase(asked: SchedulingCase, ids: readonly number[], drawn: Drawn): GroupCase {
  const { named, others, required, isPlain } = drawn;
  const namedIds = new Set(ids.filter((_, index) => named[index] !== null));
  const members = [0, 1, 2]
    .map((group) =>
      ids
        .filter((_, index) => named[index] === group)
        .concat(others[group].filter((id) => !namedIds.has(id))),
    )
    .filter(({ length }) => length > 0);
  const groups = (members.length > 0 ? members : [[ids[0]]]).map((memberIds, index) => ({
    memberIds,
    required: 1 + (required[index] % memberIds.length),
  }));
  const inGroups = new Set(groups.flatMap(({ memberIds }) => memberIds));
  const plain = { step: null, starts: 'separate' as const, prefer: 'earliest' as const, limit: 4 };
  return {
    ...asked,
    people: asked.people.filter(({ id, optional }) => optional || inGroups.has(id)),
    query: { ...asked.query, ...(isPlain && plain), groups, namedIds },
  };
}

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
export function bruteForceGroups(asked: GroupCase): GroupTimesAnswer {
  const { query, people } = asked;
  const diaries = people.map((person) => new Diary(person, asked));
  const named = diaries.filter(({ person }) => query.namedIds.has(person.id));
  const isPossible = (start: Instant, those: readonly Diary[] = diaries) =>
    someChoice(query.groups, freeAt(start, those)) !== null;
  const tried = startsOf(asked);
  const possible = tried.filter((start) => isPossible(start));
  const { chosen, nextStart } = chosenOf(possible, query, named);
  const before = tried.filter((start) => start < (possible.at(0) ?? query.window.end));
  return {
    times: chosen.map((start) => ({
      start,
      end: start + query.duration,
      freeIds: new Set(freeAt(start, diaries)),
    })),
    relaxations: query.explain ? relaxationsOf(before, named, diaries, asked, isPossible) : null,
    nextStart,
  };
}

function freeAt(start: Instant, diaries: readonly Diary[]): number[] {
  return diaries.filter((diary) => diary.suits(start)).map(({ person }) => person.id);
}
