import { expect, test } from '@jest/globals';
import { byEvent } from './by-event.js';

test.each([
  ['no rows', [], []],
  [
    'each row once, in their order',
    ['2a', '1b', '2c'],
    [
      [2, ['2a', '2c']],
      [1, ['1b']],
    ],
  ],
])('rows by event: %s', (_, names, expected) => {
  const found = byEvent(names.map((name) => ({ eventId: Number(name[0]), name })));
  expect([...found].map(([id, rows]) => [id, rows.map(({ name }) => name)])).toEqual(expected);
});
