import { describe, expect, test } from '@jest/globals';
import { set } from '../../../../test/support/core/interval-set.js';
import { byDistance, separate } from './meeting-order.js';

describe('the order by distance', () => {
  const meetings = [4, 0, 2, 4].map((distance, start) => ({ start, end: start + 1, distance }));

  test.each([
    ['compact', [1, 2, 0, 3]],
    ['spread', [0, 3, 2, 1]],
  ] as const)('%s; equal ones by start', (prefer, starts) => {
    expect(byDistance(prefer, meetings).map(({ start }) => start)).toEqual(starts);
  });
});

describe('separate meetings', () => {
  const meetings = [...set('5-7'), ...set('6-8'), ...set('3-5'), ...set('8-10'), ...set('1-3')];

  test.each<[string, number, number, string[]]>([
    ['may touch without a time between them', 0, 9, ['5-7', '3-5', '8-10', '1-3']],
    ['have the time between them on both sides', 1, 9, ['5-7', '8-10', '1-3']],
    ['are the first of the list', 0, 2, ['5-7', '3-5']],
  ])('%s', (_, apart, limit, expected) => {
    expect(separate(meetings, apart, limit).map(({ start, end }) => `${start}-${end}`)).toEqual(expected);
  });
});
