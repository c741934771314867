import { describe, expect, test } from '@jest/globals';
import type { IntervalSet } from '../../../calendar/intervals/interval-set.js';
import type { CachedCalendar } from '../../../scheduling/cache/cached-calendar.js';
import { KnownCalendars } from '../../../scheduling/cache/known-calendars.js';
import type { KnownEvent } from '../../store/direct/known-event.js';
import { CreationBatch } from './creation-batch.js';
import type { DecidedCreation } from './creation-decisions.js';

interface Told {
  /** The versions of the entries, by user. */
  readonly users: Readonly<Record<number, number>>;
  readonly taken?: Readonly<Record<number, IntervalSet>>;
  readonly isLimited?: boolean;
}

function decided({ users, taken = {}, isLimited = false }: Told): DecidedCreation {
  const calendars = Object.entries(users).map(([id, entries]) => {
    const versions = { userId: Number(id), life: 'one', entries, settings: 1 };
    return [Number(id), { known: { versions } } as CachedCalendar] as const;
  });
  return {
    event: { isLimited } as KnownEvent,
    calendars: new KnownCalendars(new Map(calendars)),
    taken: [new Map(Object.entries(taken).map(([id, set]) => [Number(id), set]))],
    shown: [],
    conflicts: [],
    checkedUntil: null,
    behind: new Map(),
  };
}

const EARLY = [{ start: 0, end: 10 }];
const LATE = [{ start: 10, end: 20 }];

describe('a batch of creations', () => {
  test.each<[string, Told, Told, boolean]>([
    ['takes other users', { users: { 1: 5 } }, { users: { 2: 7 } }, true],
    ['takes the same user at other times', at(EARLY), at(LATE), true],
    ['takes no time that it has taken', at(EARLY), at([{ start: 9, end: 11 }]), false],
    ['takes the same time of another user', at(EARLY), { users: { 2: 5 }, taken: { 2: EARLY } }, true],
    ['takes no user in another state', { users: { 1: 5 } }, { users: { 1: 6 } }, false],
    ['takes one counted event', limited(1), limited(2), false],
    ['takes a counted event and others', limited(1), { users: { 2: 5 } }, true],
  ])('%s', (_, first, second, isAdded) => {
    const batch = new CreationBatch();
    expect(batch.add(decided(first))).toBe(true);
    expect(batch.add(decided(second))).toBe(isAdded);
    expect(batch.events).toHaveLength(isAdded ? 2 : 1);
  });

  test('has the versions of each user once', () => {
    const batch = new CreationBatch();
    batch.add(decided({ users: { 1: 5, 2: 7 } }));
    batch.add(decided({ users: { 2: 7, 3: 9 } }));
    expect(batch.versions.map(({ userId, entries }) => [userId, entries])).toEqual([
      [1, 5],
      [2, 7],
      [3, 9],
    ]);
  });
});

function at(set: IntervalSet): Told {
  return { users: { 1: 5 }, taken: { 1: set } };
}

function limited(userId: number): Told {
  return { users: { [userId]: 5 }, isLimited: true };
}
