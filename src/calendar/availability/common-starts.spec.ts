import { describe, expect, test } from '@jest/globals';
import { set } from '../../../test/support/core/interval-set.js';
import { commonStarts } from './common-starts.js';

describe('common starts of a meeting that lasts 4', () => {
  test.each<[string, string[], number, string]>([
    ['of nobody', [], 1, ''],
    ['of one', ['0-9'], 1, '0-6'],
    ['just long enough', ['2-6'], 1, '2-3'],
    ['too short', ['2-5'], 1, ''],
    ['much too short, then long enough', ['2-3 10-16'], 1, '10-13'],
    ['of two beside one that is much too short', ['0-20', '0-20', '8-9'], 2, '0-17'],
    ['of two', ['0-9', '2-12'], 2, '2-6'],
    ['of two who share too little', ['0-9', '6-12'], 2, ''],
    ['of one of two', ['0-9', '6-12'], 1, '0-9'],
    ['handed over without a break', ['0-9', '6-20', '0-20'], 2, '0-17'],
    ['two at once, twice', ['0-5 10-15', '0-5 10-15'], 2, '0-2 10-12'],
    ['a quorum larger than the number of sets', ['0-9'], 2, ''],
  ])('%s', (_name, sets, quorum, expected) => {
    expect(commonStarts(sets.map(set), 4, quorum, { start: 0, end: 99 })).toEqual(set(expected));
  });

  test.each([
    ['2-4', '2-4'],
    ['0-1', '0-1'],
    ['5-9', '5-6'],
    ['6-9', ''],
    ['3-3', ''],
  ])('within the range %s', (range, expected) => {
    expect(commonStarts([set('0-9')], 4, 1, set(range)[0])).toEqual(set(expected));
  });
});
