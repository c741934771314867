import { describe, expect, test } from '@jest/globals';
import { set } from '../../../test/support/core/interval-set.js';
import { clip, gaps, indexEndingAfter, intersect, normalise, subtract, union } from './interval-set.js';

describe('normalise', () => {
  test.each<[string, string, string]>([
    ['nothing', '', ''],
    ['one interval', '1-3', '1-3'],
    ['apart', '1-3 5-8', '1-3 5-8'],
    ['out of order', '5-8 1-3', '1-3 5-8'],
    ['overlapping', '1-5 3-8', '1-8'],
    ['touching', '1-3 3-8', '1-8'],
    ['nested: the outer end stays', '1-9 2-3 4-5', '1-9'],
    ['nested, then a gap hidden by the outer one', '1-9 2-3 8-10', '1-10'],
    ['equal', '1-3 1-3', '1-3'],
    ['the shorter of two starts first', '1-3 1-9', '1-9'],
    ['empty ones', '2-2 5-5', ''],
    ['an empty one between two', '1-3 4-4 5-8', '1-3 5-8'],
  ])('%s', (_name, input, expected) => {
    expect(normalise(set(input))).toEqual(set(expected));
  });

  test('leaves its input as it was', () => {
    const input = set('5-8 1-6');
    normalise(input);
    expect(input).toEqual(set('5-8 1-6'));
  });
});

describe('union', () => {
  test('of any number of sets', () => {
    expect(union()).toEqual([]);
    expect(union(set('1-3'))).toEqual(set('1-3'));
    expect(union(set('1-3 7-9'), set('3-4'), set('8-12'))).toEqual(set('1-4 7-12'));
  });
});

describe('intersect', () => {
  test.each<[string, string, string, string]>([
    ['with nothing', '1-5', '', ''],
    ['touching', '1-5', '5-8', ''],
    ['one across several', '1-9', '0-2 3-4 8-12', '1-2 3-4 8-9'],
    ['staggered', '1-4 6-9', '3-7', '3-4 6-7'],
    ['ends together', '1-4 6-9', '2-4 8-9', '2-4 8-9'],
  ])('%s, either way round', (_name, a, b, expected) => {
    expect(intersect(set(a), set(b))).toEqual(set(expected));
    expect(intersect(set(b), set(a))).toEqual(set(expected));
  });
});

describe('subtract', () => {
  test.each<[string, string, string, string]>([
    ['nothing', '1-5', '', '1-5'],
    ['from nothing', '', '1-5', ''],
    ['all', '1-5', '0-9', ''],
    ['the same', '1-5', '1-5', ''],
    ['touching neighbours', '3-5', '1-3 5-8', '3-5'],
    ['neighbours with time between', '4-5', '1-2 7-9', '4-5'],
    ['the middle', '1-9', '3-4 6-7', '1-3 4-6 7-9'],
    ['one that reaches over several', '1-3 5-7 9-12', '2-10', '1-2 10-12'],
  ])('%s', (_name, from, removed, expected) => {
    expect(subtract(set(from), set(removed))).toEqual(set(expected));
  });
});

describe('gaps', () => {
  test.each<[string, string, string, string]>([
    ['of nothing', '', '1-9', '1-9'],
    ['of a full window', '0-10', '1-9', ''],
    ['before, between and after', '2-3 5-8', '1-9', '1-2 3-5 8-9'],
    ['of intervals across the borders', '0-3 8-10', '1-9', '3-8'],
    ['of an empty window', '2-3', '5-5', ''],
  ])('%s', (_name, intervals, within, expected) => {
    const [window] = set(within);
    expect(gaps(set(intervals), window)).toEqual(set(expected));
  });
});

describe('clip', () => {
  test.each<[string, number, number, string]>([
    ['across the first and the last', 1, 9, '1-3 5-6 8-9'],
    ['within one interval', 1, 2, '1-2'],
    ['exactly one interval', 5, 6, '5-6'],
    ['to the end of an interval', 4, 6, '5-6'],
    ['to the start of an interval', 4, 5, ''],
    ['from the end of an interval', 3, 6, '5-6'],
    ['up to a gap', 2, 7, '2-3 5-6'],
    ['in a gap', 3, 5, ''],
    ['before all', -2, 0, ''],
    ['after all', 12, 20, ''],
    ['around all', -1, 20, '0-3 5-6 8-12'],
    ['to the end of the last', 8, 12, '8-12'],
    ['an empty window', 2, 2, ''],
    ['a window the wrong way round', 9, 1, ''],
  ])('%s', (_name, start, end, expected) => {
    expect(clip(set('0-3 5-6 8-12'), { start, end })).toEqual(set(expected));
  });

  test('of the empty set', () => {
    expect(clip([], { start: 1, end: 9 })).toEqual([]);
  });

  test('leaves the set as it was', () => {
    const all = set('0-3 5-6 8-12');
    clip(all, { start: 1, end: 9 });
    expect(all).toEqual(set('0-3 5-6 8-12'));
  });
});

describe('indexEndingAfter', () => {
  test.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 1],
    [7, 1],
    [8, 2],
    [20, 3],
  ])('%d: %d', (instant, index) => {
    expect(indexEndingAfter(set('1-3 5-8 10-20'), instant)).toBe(index);
  });

  test('of the empty set', () => {
    expect(indexEndingAfter([], 5)).toBe(0);
  });
});
