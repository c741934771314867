import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { withReadAhead } from './object-batches.js';

const READING_FAILED = new Error('reading');
const WRITING_FAILED = new Error('writing');

/** Reads and writes three batches in several turns of the event loop. @returns the steps, in order, and the failure */
async function run(
  failing: { readonly read?: number; readonly written?: number; readonly late?: boolean } = {},
) {
  const steps: string[] = [];
  async function* batches(): AsyncGenerator<number, void, undefined> {
    for (const batch of [1, 2, 3]) {
      await turn();
      if (batch === failing.read) throw READING_FAILED;
      steps.push(`read ${batch}`);
      yield batch;
    }
  }
  const outcome = await withReadAhead(batches(), async (batch, readNext) => {
    steps.push(`begin ${batch}`);
    if (!failing.late) readNext();
    // An attempt that is repeated asks again.
    if (!failing.late) readNext();
    steps.push(`sent ${batch}`);
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
    'sent 1',
    'read 2',
    'wrote 1',
    'begin 2',
    'sent 2',
    'read 3',
    'wrote 2',
    'begin 3',
    'sent 3',
    'wrote 3',
  ]);
});

test('if the reading of a batch fails, the batch before it is written first', async () => {
  const { steps, outcome } = await run({ read: 2 });
  expect(outcome).toBe(READING_FAILED);
  expect(steps).toEqual(['read 1', 'begin 1', 'sent 1', 'wrote 1']);
});

test('if a batch cannot be written, no further batch is begun', async () => {
  const { steps, outcome } = await run({ written: 1 });
  expect(outcome).toBe(WRITING_FAILED);
  expect(steps).toEqual(['read 1', 'begin 1', 'sent 1', 'read 2']);
});

test('without an early call, the next batch is read after the present one', async () => {
  const { steps } = await run({ late: true });
  expect(steps.filter((step) => !step.startsWith('sent'))).toEqual([
    'read 1',
    'begin 1',
    'wrote 1',
    'read 2',
    'begin 2',
    'wrote 2',
    'read 3',
    'begin 3',
    'wrote 3',
  ]);
});

test('if a batch fails at once, the next one is not read any more', async () => {
  let reads = 0;
  async function* batches(): AsyncGenerator<number, void, undefined> {
    for (;;) {
      reads += 1;
      yield reads;
    }
  }
  const imported = withReadAhead(batches(), async (_, readNext) => {
    readNext();
    throw WRITING_FAILED;
  });
  await expect(imported).rejects.toBe(WRITING_FAILED);
  await turn();
  expect(reads).toBe(1);
});
