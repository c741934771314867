import { describe, expect, test } from '@jest/globals';
import type { Interval } from './interval.js';
import {
  abuts,
  contains,
  encloses,
  intersection,
  isConnected,
  isEmpty,
  lengthOf,
  overlaps,
  span,
} from './interval.js';

const of = (start: number, end: number): Interval => ({ start, end });

type Row = [name: string, a: Interval, b: Interval, shared: Interval | null, overlap: boolean, abut: boolean];

const relations: Row[] = [
  ['apart', of(1, 3), of(5, 8), null, false, false],
  ['touching', of(1, 3), of(3, 8), of(3, 3), false, true],
  ['crossing', of(1, 5), of(3, 8), of(3, 5), true, false],
  ['nested', of(1, 8), of(3, 5), of(3, 5), true, false],
  ['nested at the start', of(1, 8), of(1, 5), of(1, 5), true, false],
  ['nested at the end', of(1, 8), of(5, 8), of(5, 8), true, false],
  ['equal', of(1, 8), of(1, 8), of(1, 8), true, false],
  ['empty before', of(1, 1), of(3, 8), null, false, false],
  ['empty on the start', of(3, 3), of(3, 8), of(3, 3), true, false],
  ['empty within', of(5, 5), of(3, 8), of(5, 5), true, false],
  ['empty on the end', of(8, 8), of(3, 8), of(8, 8), false, true],
  ['empty after', of(9, 9), of(3, 8), null, false, false],
  ['both empty, equal', of(3, 3), of(3, 3), of(3, 3), true, false],
  ['both empty, apart', of(3, 3), of(4, 4), null, false, false],
];

const bothWays = relations.flatMap(([name, a, b, ...rest]): Row[] => [
  [name, a, b, ...rest],
  [`${name}, the other way round`, b, a, ...rest],
]);

describe('two intervals', () => {
  test.each(bothWays)('%s', (_name, a, b, shared, overlap, abut) => {
    expect(intersection(a, b)).toEqual(shared);
    expect(isConnected(a, b)).toBe(shared !== null);
    expect(overlaps(a, b)).toBe(overlap);
    expect(abuts(a, b)).toBe(abut);
  });

  test.each<[Interval, Interval, boolean]>([
    [of(1, 8), of(1, 8), true],
    [of(1, 8), of(3, 5), true],
    [of(1, 8), of(1, 5), true],
    [of(1, 8), of(5, 8), true],
    [of(1, 8), of(0, 5), false],
    [of(1, 8), of(5, 9), false],
    [of(3, 5), of(1, 8), false],
    [of(1, 8), of(1, 1), true],
    [of(1, 8), of(8, 8), true],
    [of(1, 8), of(9, 9), false],
    [of(3, 3), of(3, 3), true],
    [of(3, 3), of(3, 4), false],
  ])('%j encloses %j: %j', (outer, inner, expected) => {
    expect(encloses(outer, inner)).toBe(expected);
  });

  test('the span takes in what lies between', () => {
    expect(span(of(5, 8), of(1, 3))).toEqual(of(1, 8));
    expect(span(of(1, 8), of(3, 3))).toEqual(of(1, 8));
  });
});

describe('one interval', () => {
  test('holds its start and not its end', () => {
    expect([2, 3, 7, 8].map((instant) => contains(of(3, 8), instant))).toEqual([false, true, true, false]);
  });

  test('is empty where it takes no time, and then holds nothing', () => {
    expect([isEmpty(of(3, 3)), isEmpty(of(3, 4))]).toEqual([true, false]);
    expect([lengthOf(of(3, 3)), lengthOf(of(3, 8))]).toEqual([0, 5]);
    expect(contains(of(3, 3), 3)).toBe(false);
  });
});
