import { describe, expect, test } from '@jest/globals';
import { RecentlyUsed, type Sized } from './recently-used.js';

const BYTES = 10;

function kept(maxBytes: number, use: (values: RecentlyUsed<Sized>) => void): string[] {
  const values = new RecentlyUsed<Sized>(maxBytes);
  use(values);
  expect(values.bytes).toBeLessThanOrEqual(maxBytes);
  return ['a', 'b', 'c'].filter((key) => values.get(key) !== undefined);
}

function add(values: RecentlyUsed<Sized>, ...keys: string[]): void {
  for (const key of keys) values.set(key, { bytes: BYTES });
}

describe('within a number of bytes', () => {
  test('are all values that fit', () => {
    expect(kept(3 * BYTES, (values) => add(values, 'a', 'b', 'c'))).toEqual(['a', 'b', 'c']);
  });

  test('are the last ones that were added', () => {
    expect(kept(2 * BYTES, (values) => add(values, 'a', 'b', 'c'))).toEqual(['b', 'c']);
  });

  test('are the last ones that were read', () => {
    const found = kept(2 * BYTES, (values) => {
      add(values, 'a', 'b');
      values.get('a');
      add(values, 'c');
    });
    expect(found).toEqual(['a', 'c']);
  });

  test('counts a value once that is set again', () => {
    expect(kept(2 * BYTES, (values) => add(values, 'a', 'b', 'b', 'b'))).toEqual(['a', 'b']);
  });

  test('counts a value that has grown as it is when it is set again', () => {
    const found = kept(2 * BYTES, (values) => {
      const growing = { bytes: BYTES };
      values.set('a', growing);
      values.set('b', { bytes: BYTES });
      growing.bytes = 2 * BYTES;
      values.set('a', growing);
    });
    expect(found).toEqual(['a']);
  });

  test('is nothing if the bound is zero', () => {
    expect(kept(0, (values) => add(values, 'a'))).toEqual([]);
  });

  test('loses what is deleted', () => {
    const found = kept(2 * BYTES, (values) => {
      add(values, 'a', 'b');
      values.delete('a');
      add(values, 'c');
    });
    expect(found).toEqual(['b', 'c']);
  });
});
