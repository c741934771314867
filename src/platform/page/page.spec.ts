import { describe, expect, test } from '@jest/globals';
import { type Page, pageOf } from './page.js';

describe('a page', () => {
  test.each<[string, readonly number[], number, Page<number>]>([
    ['of an empty list is the last one', [], 2, { items: [], next: null }],
    ['that holds all is the last one', [1, 2], 2, { items: [1, 2], next: null }],
    ['ends at the limit, and names its last element', [1, 2, 3], 2, { items: [1, 2], next: [20, 2] }],
    ['ignores all after the element beyond the limit', [1, 2, 3, 4], 1, { items: [1], next: [10, 1] }],
  ])('%s', (_, found, limit, expected) => {
    expect(pageOf(found, limit, (item) => [item * 10, item])).toEqual(expected);
  });
});
