import { expect, test } from '@jest/globals';
import { secondsToWait } from './attempt-limit.js';

const now = new Date('2022-09-06T12:00:00Z');
const limits = [
  { subject: 'account', max: 10 },
  { subject: 'address', max: 100 },
];

/** @param milliseconds until the period of each subject ends */
function count(subject: string, attempts: number, milliseconds: number) {
  return { subject, attempts, resetsAt: new Date(now.getTime() + milliseconds) };
}

test.each([
  ['no attempt', [], null],
  [
    'the last attempt that each limit permits',
    [count('account', 10, 5_000), count('address', 100, 9_000)],
    null,
  ],
  ['one attempt too many', [count('account', 11, 5_000), count('address', 100, 9_000)], 5],
  ['a part of a second, which counts as a whole one', [count('account', 11, 4_001)], 5],
  [
    'several limits exceeded: the longest wait',
    [count('account', 11, 5_000), count('address', 101, 9_000)],
    9,
  ],
  ['a subject without a limit, which permits no attempt', [count('stranger', 1, 1_000)], 1],
])('%s', (_, counts, expected) => {
  expect(secondsToWait(limits, counts, now)).toBe(expected);
});
