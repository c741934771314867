import { describe, expect, test } from '@jest/globals';
import { NewExternalIds } from './new-external-ids.js';

type Patch = readonly [id: number, externalId: string | null | undefined];

/** The places of the patches whose external id is taken. */
function taken(patches: readonly Patch[], holders: Readonly<Record<string, number>>): number[] {
  const ids = new NewExternalIds(patches.map(([id, externalId]) => ({ id, patch: { externalId } })));
  const before = new Map(Object.entries(holders));
  return patches.flatMap((_, place) => (ids.isTaken(place, before) ? [place] : []));
}

describe('the external id of a patch is taken', () => {
  test.each<[string, readonly Patch[], Readonly<Record<string, number>>, number[]]>([
    ['never if no event has it', [[1, 'a']], {}, []],
    ['never if the event itself has it', [[1, 'a']], { a: 1 }, []],
    ['if an event of no patch has it', [[1, 'a']], { a: 9 }, [0]],
    [
      'if an event whose patch does not name it has it',
      [
        [2, undefined],
        [1, 'a'],
      ],
      { a: 2 },
      [1],
    ],
    [
      'never if two events exchange theirs',
      [
        [1, 'b'],
        [2, 'a'],
      ],
      { a: 1, b: 2 },
      [],
    ],
    [
      'never if its event loses it',
      [
        [1, 'b'],
        [2, null],
      ],
      { b: 2 },
      [],
    ],
    [
      'if an earlier patch claims it',
      [
        [1, 'c'],
        [2, 'c'],
        [3, 'c'],
      ],
      {},
      [1, 2],
    ],
    [
      'if its event keeps it, for that event',
      [
        [1, 'a'],
        [2, 'a'],
      ],
      { a: 2 },
      [1],
    ],
    [
      'never for a patch whose event gets another one later',
      [
        [1, 'a'],
        [1, 'b'],
      ],
      { a: 9 },
      [],
    ],
    [
      'if the last patch of the event claims it',
      [
        [1, 'b'],
        [2, 'c'],
        [1, 'a'],
      ],
      { a: 9 },
      [2],
    ],
  ])('%s', (_, patches, holders, expected) => {
    expect(taken(patches, holders)).toEqual(expected);
  });
});
