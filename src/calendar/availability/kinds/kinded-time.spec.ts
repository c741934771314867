import { describe, expect, test } from '@jest/globals';
import type { BusyKind } from './busy-kind.js';
import { type KindedInterval, KindedTimeInParts, strongestKinds } from './kinded-time.js';

type Told = readonly [number, number, BusyKind];

function interval([start, end, kind]: Told): KindedInterval {
  return { start, end, kind };
}

describe('the strongest kinds', () => {
  test.each<[string, Told[], Told[]]>([
    ['of no time are none', [], []],
    [
      'of one kind are its intervals',
      [
        [1, 2, 'busy'],
        [4, 5, 'busy'],
      ],
      [
        [1, 2, 'busy'],
        [4, 5, 'busy'],
      ],
    ],
    [
      'of touching kinds touch',
      [
        [1, 2, 'busy'],
        [2, 3, 'tentative'],
      ],
      [
        [1, 2, 'busy'],
        [2, 3, 'tentative'],
      ],
    ],
    [
      'have a stronger interval within a weaker one',
      [
        [1, 9, 'busy'],
        [3, 4, 'out_of_office'],
      ],
      [
        [1, 3, 'busy'],
        [3, 4, 'out_of_office'],
        [4, 9, 'busy'],
      ],
    ],
    [
      'omit a weaker interval within a stronger one',
      [
        [1, 9, 'busy'],
        [3, 4, 'tentative'],
      ],
      [[1, 9, 'busy']],
    ],
    [
      'have all three',
      [
        [1, 9, 'tentative'],
        [2, 6, 'busy'],
        [4, 8, 'out_of_office'],
      ],
      [
        [1, 2, 'tentative'],
        [2, 4, 'busy'],
        [4, 8, 'out_of_office'],
        [8, 9, 'tentative'],
      ],
    ],
  ])('%s', (_, given, expected) => {
    const sets = new Map<BusyKind, KindedInterval[]>();
    for (const told of given) sets.set(told[2], [...(sets.get(told[2]) ?? []), interval(told)]);
    expect(strongestKinds(sets)).toEqual(expected.map(interval));
  });
});

test('kinded time in parts joins one kind across a border, and no two kinds', () => {
  const time = new KindedTimeInParts();
  const parts: Told[][] = [
    [[1, 2, 'busy']],
    [],
    [
      [2, 3, 'busy'],
      [3, 4, 'tentative'],
    ],
    [
      [4, 5, 'busy'],
      [6, 7, 'busy'],
    ],
  ];
  for (const part of parts) time.append(part.map(interval));
  expect(time.intervals).toEqual(
    (
      [
        [1, 3, 'busy'],
        [3, 4, 'tentative'],
        [4, 5, 'busy'],
        [6, 7, 'busy'],
      ] as const
    ).map(interval),
  );
});
