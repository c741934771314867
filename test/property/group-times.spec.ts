import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { chosenMembers } from '../../src/calendar/availability/groups/chosen-members.js';
import { findGroupTimes, freeAtAll } from '../../src/calendar/availability/groups/find-group-times.js';
import { DAY, HOUR } from '../../src/calendar/time/civil-time.js';
import { calendarsOf } from '../support/core/calendars-by-part.js';
import { bruteForceGroups, groupCases, someChoice } from '../support/core/group-time-oracle.js';
import { GRAIN } from '../support/core/scheduling-arbitraries.js';
import { printedSeed } from '../support/core/seed.js';

const RUNS = { numRuns: Number(process.env.PROPERTY_RUNS ?? 200) };

const partLengths = fc.constantFrom(GRAIN * 4, 5 * HOUR, 3 * DAY, Infinity);

describe('times of groups', () => {
  test('equal brute force with all options of the search, and no time has a group without enough free members', async () => {
    await fc.assert(
      fc.asyncProperty(groupCases, partLengths, async (given, partLength) => {
        const { query, people } = given;
        const read = async () => calendarsOf(given, partLength);
        const found = await findGroupTimes(query, people, read);
        expect(found).toEqual(bruteForceGroups(given));
        for (const { freeIds, ...meeting } of found.times)
          expect(await freeAtAll([meeting], people, query, read)).toEqual(freeIds);
      }),
      { ...RUNS, seed: printedSeed('times of groups') },
    );
  });
});

describe('the chosen members', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 5 });
  const groups = fc.array(
    ids.chain((memberIds) =>
      fc.record({
        memberIds: fc.constant(memberIds),
        required: fc.integer({ min: 1, max: memberIds.length }),
      }),
    ),
    { minLength: 1, maxLength: 4 },
  );

  test('are the first choice of all in the order of the groups and their members', () => {
    fc.assert(
      fc.property(groups, fc.uniqueArray(fc.integer({ min: 1, max: 6 })), (all, free) => {
        expect(chosenMembers(all, (id) => free.includes(id))).toEqual(someChoice(all, free));
      }),
      { numRuns: 2_000, seed: printedSeed('chosen members') },
    );
  });
});
