import { expect, test } from '@jest/globals';
import { Places } from './places.js';

async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
}

test('as much work runs at a time as there are places, in its order, also after a failure', async () => {
  const places = new Places(2);
  const begun: number[] = [];
  const ends: ((error?: Error) => void)[] = [];
  const all = [0, 1, 2, 3].map(async (index) =>
    places.run(async () => {
      begun.push(index);
      return new Promise<number>((resolve, reject) => {
        ends[index] = (error) => (error ? reject(error) : resolve(index));
      });
    }),
  );
  await settled();
  expect(begun).toEqual([0, 1]);
  ends[1](new Error('no'));
  await expect(all[1]).rejects.toThrow('no');
  await settled();
  expect(begun).toEqual([0, 1, 2]);
  ends[0]();
  ends[2]();
  await settled();
  expect(begun).toEqual([0, 1, 2, 3]);
  ends[3]();
  expect(await Promise.all([all[0], all[2], all[3]])).toEqual([0, 2, 3]);
});
