import { describe, expect, test } from '@jest/globals';
import { set } from '../../../../test/support/core/interval-set.js';
import { HOUR } from '../../time/civil-time.js';
import { LARGEST_DISTANCE, MeetingDistances } from './meeting-distances.js';

const hours = (text: string) => set(text).map(({ start, end }) => ({ start: start * HOUR, end: end * HOUR }));

/** Measures meetings of `10-12`, in hours, for people who are busy at these hours. */
function distance(...busy: string[]): number {
  const ids = busy.map((_, index) => index + 1);
  const distances = new MeetingDistances(ids, -40 * HOUR);
  for (const until of [0, 9, 11, 60])
    distances.extend(until * HOUR, new Map(ids.map((id) => [id, hours(busy[id - 1])])));
  return distances.of({ start: 10 * HOUR, end: 12 * HOUR }, ids) / HOUR;
}

describe('the distance of a meeting', () => {
  test.each<[string, string[], number]>([
    ['is the time since busy time before it', ['1-7 20-22'], 3],
    ['is the time to busy time after it', ['1-2 13-22'], 1],
    ['is nothing if both touch', ['12-13'], 0],
    ['is nothing after busy time that ends with it', ['5-10 15-16'], 0],
    ['is the mean of several people', ['5-9', '15-16'], 2],
    ['is a day if nobody is busy', ['', ''], LARGEST_DISTANCE / HOUR],
    ['is a day at most', ['50-51'], LARGEST_DISTANCE / HOUR],
    ['is nothing without people', [], 0],
  ])('%s', (_, busy, expected) => {
    expect(distance(...busy)).toBe(expected);
  });
});
