import { expect, test } from '@jest/globals';
import { previousFields } from './previous-fields.js';

test.each<[string, object | null, object, object]>([
  ['a title', { title: 'A', location: 'X' }, { title: 'B', location: 'X' }, { title: 'A' }],
  [
    'a list',
    { categories: ['a'], repeat: { n: 1 } },
    { categories: ['b'], repeat: { n: 1 } },
    { categories: ['a'] },
  ],
  ['nothing but what each change sets', { version: 1, updated_at: 'a' }, { version: 2, updated_at: 'b' }, {}],
  ['null', { location: null }, { location: 'X' }, { location: null }],
  ['a field that the viewer no longer sees', { metadata: {} }, {}, {}],
  ['a field that the viewer did not see before', {}, { metadata: {} }, {}],
  ['an event that the viewer did not see before', null, { title: 'B' }, {}],
])('a change of %s', (_, before, after, previous) => {
  expect(previousFields(before as never, after as never)).toEqual({
    changed_fields: Object.keys(previous),
    previous,
  });
});
