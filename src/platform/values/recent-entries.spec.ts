import { expect, test } from '@jest/globals';
import { RecentEntries } from './recent-entries.js';

test('recent entries are those that were set last', () => {
  const entries = new RecentEntries<string, number>(2);
  entries.set('ann', 1);
  entries.set('bob', 2);
  entries.set('ann', 3);
  entries.set('eve', 4);
  expect(['ann', 'bob', 'eve'].map((key) => entries.get(key))).toEqual([3, undefined, 4]);
  entries.delete('ann');
  expect(entries.get('ann')).toBeUndefined();
  entries.set('bob', 5);
  expect(['ann', 'bob', 'eve'].map((key) => entries.get(key))).toEqual([undefined, 5, 4]);
});
