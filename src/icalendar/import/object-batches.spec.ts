import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { withReadAhead } from './object-batches.js';

const READING_FAILED = new Error('reading');
const WRITING_FAILED = new Error('writing');

/** Reads and writes three batches in several turns of the event loop. @returns the steps, in order, and the failure */
async function run(failing: { readonly read?: number; readonly written?: number } = {}) {
  const steps: string[] = [];
  async function* batches(): AsyncGenerator<number, void, undefined> {
    for (const batch of [1, 2, 3]) {
      await turn();
      if (batch === failing.read) throw READING_FAILED;
      steps.push(`read ${batch}`);
      yield batch;
    }
  }
  const outcome = await withReadAhead(batches(), async (batch) => {
    steps.push(`begin ${batch}`);
    for (let turns = 0; turns < 5; turns += 1) await turn();
    if (batch === failing.written) throw WRITING_FAILED;
    steps.push(`wrote ${batch}`);
  }).catch((error: unknown) => error);
  return { steps, outcome };
}

test('the next batch is read while a batch is written, and no more than one', async () => {
  const { steps } = await run();
  expect(steps).toEqual([
    'read 1',
    'begin 1',
    'read 2',
    'wrote 1',
    'begin 2',
    'read 3',
    'wrote 2',
    'begin 3',
    'wrote 3',
  ]);
});

test('if the reading of a batch fails, the batch before it is written first', async () => {
  const { steps, outcome } = await run({ read: 2 });
  expect(outcome).toBe(READING_FAILED);
  expect(steps).toEqual(['read 1', 'begin 1', 'wrote 1']);
});

test('if a batch cannot be written, no further batch is begun', async () => {
  const { steps, outcome } = await run({ written: 1 });
  expect(outcome).toBe(WRITING_FAILED);
  expect(steps).toEqual(['read 1', 'begin 1', 'read 2']);
});
