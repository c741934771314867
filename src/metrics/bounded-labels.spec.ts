import { expect, test } from '@jest/globals';
import { BoundedLabels } from './bounded-labels.js';

test.each<[string, number, string[], string[]]>([
  ['are the values', 2, ['7', '8', '7'], ['7', '8', '7']],
  [
    'are the first values, and one name for all others',
    2,
    ['7', '8', '9', '10', '8'],
    ['7', '8', 'other', 'other', '8'],
  ],
  ['are the one name with a limit of zero', 0, ['7'], ['other']],
])('the labels %s', (_, limit, values, expected) => {
  const labels = new BoundedLabels(limit, 'other');
  expect(values.map((value) => labels.of(value))).toEqual(expected);
});
