import { describe, expect, test } from '@jest/globals';
import { currentRequest, withRequestId } from '../logging/request-context.js';
import { type Effort, LongWork, WORK_BETWEEN_PAUSES } from './long-work.js';

/** Computes in so many stretches, each followed by a pause, and notes them. */
async function compute(effort: Effort, name: string, stretches: number, log: string[]): Promise<void> {
  for (let stretch = 1; stretch <= stretches; stretch += 1) {
    log.push(`${name}${stretch}`);
    if (effort.spend(WORK_BETWEEN_PAUSES)) await effort.rest();
  }
}

describe('long work', () => {
  test('pauses after so much work, and not before', () => {
    const effort = new LongWork().begin();
    expect(effort.spend(WORK_BETWEEN_PAUSES - 1)).toBe(false);
    expect(effort.spend(1)).toBe(true);
  });

  test('leaves a turn of the event loop between any two stretches, however many computations run', async () => {
    const longWork = new LongWork();
    const log: string[] = [];
    let running = true;
    const turn = (): void => {
      if (!running) return;
      log.push('|');
      setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => compute(longWork.begin(), name, 3, log)));
    running = false;
    const begun = log.join(' ').split(' | ');
    // All four begin in the turn of their callers; from then on, each turn resumes one.
    expect(begun.filter((stretches) => /[a-d]/.test(stretches))).toEqual([
      'a1 b1 c1 d1',
      'a2',
      'b2',
      'c2',
      'd2',
      'a3',
      'b3',
      'c3',
      'd3',
    ]);
    expect(longWork.pauses).toBe(12);
  });

  test('that holds locks goes on before the rest', async () => {
    const longWork = new LongWork();
    const log: string[] = [];
    await Promise.all([
      compute(longWork.begin(), 'a', 2, log),
      compute(longWork.begin(), 'b', 2, log),
      compute(longWork.begin(true), 'urgent', 3, log),
    ]);
    expect(log).toEqual(['a1', 'b1', 'urgent1', 'urgent2', 'urgent3', 'a2', 'b2']);
  });

  test('ends at a pause if the request is no longer waited for', async () => {
    const log: string[] = [];
    const cancelledAfterOne = async (): Promise<void> => {
      const context = currentRequest();
      const effort = new LongWork().begin();
      await compute(effort, 'a', 1, log);
      if (context) context.cancelled = true;
      await compute(effort, 'b', 3, log);
    };
    const work = new Promise<void>((resolve, reject) => {
      withRequestId('a', () => void cancelledAfterOne().then(resolve, reject));
    });
    await expect(work).rejects.toMatchObject({ code: 'timed_out' });
    expect(log).toEqual(['a1', 'b1']);
  });
});
