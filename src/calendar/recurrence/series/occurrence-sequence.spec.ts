import { describe, expect, test } from '@jest/globals';
import type { Occurrence } from './event-series.js';
import { merged, within } from './occurrence-sequence.js';

/** Occurrences an hour long, at `start` or at `start@originalStart`. */
function occurrences(text: string): Occurrence[] {
  return text
    .split(' ')
    .filter(Boolean)
    .map((item) => {
      const [start, originalStart = start] = item.split('@').map(Number);
      return { start, end: start + 2, originalStart, originalCivilStart: originalStart, override: null };
    });
}

const textOf = (found: Iterable<Occurrence>) =>
  [...found]
    .map(({ start, originalStart }) => (start === originalStart ? `${start}` : `${start}@${originalStart}`))
    .join(' ');

describe('merged', () => {
  test.each([
    ['', '', ''],
    ['1 3', '', '1 3'],
    ['', '2 4', '2 4'],
    ['1 3 5', '2 4 6', '1 2 3 4 5 6'],
    ['1 3', '1 2 3', '1 2 3'],
    ['3', '3@1', '3@1 3'],
    ['3', '3@9', '3 3@9'],
    ['5', '1 2', '1 2 5'],
  ])('"%s" and "%s" are "%s"', (sequence, list, expected) => {
    expect(textOf(merged(occurrences(sequence), occurrences(list)))).toBe(expected);
  });

  test('reads no further than it is asked', () => {
    function* endless() {
      for (let start = 0; ; start += 10) yield* occurrences(`${start}`);
    }
    const [first, second] = merged(endless(), occurrences('5'));
    expect(textOf([first, second])).toBe('0 5');
  });
});

describe('within', () => {
  const list = occurrences('1 3 5 7');

  test.each([
    ['all of them', { startsFrom: -Infinity, startsBefore: Infinity, endsAfter: -Infinity }, '1 3 5 7'],
    [
      'those that start at an instant or later',
      { startsFrom: 3, startsBefore: Infinity, endsAfter: 0 },
      '3 5 7',
    ],
    ['those that start before an instant', { startsFrom: 0, startsBefore: 5, endsAfter: 0 }, '1 3'],
    ['those that end after an instant', { startsFrom: 0, startsBefore: 9, endsAfter: 5 }, '5 7'],
  ])('%s', (_, bounds, expected) => {
    expect(textOf(within(list, bounds))).toBe(expected);
  });
});
