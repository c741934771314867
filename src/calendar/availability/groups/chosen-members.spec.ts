import { expect, test } from '@jest/globals';
import { chosenMembers } from './chosen-members.js';

const ROOMS = Array.from({ length: 100 }, (_, index) => index);

test.each([
  ['the same members', 0],
  ['fewer members, each one of those before', 1],
])('are chosen quickly for ten groups with %s', (_, less) => {
  const groups = Array.from({ length: 10 }, (__, index) => ({
    memberIds: ROOMS.slice(0, ROOMS.length - index * less),
    required: 10,
  }));
  const start = performance.now();
  for (let run = 0; run < 20; run += 1) {
    const chosen = chosenMembers(groups, () => true);
    expect(new Set(chosen?.flat()).size).toBe(100);
  }
  expect(chosenMembers(groups, (id) => id !== 50)).toBeNull();
  // If the service computed a new matching for each member, this would take some ten seconds.
  expect(performance.now() - start).toBeLessThan(1_000);
});
