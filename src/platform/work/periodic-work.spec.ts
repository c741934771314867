import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { PeriodicWork } from './periodic-work.js';

const INTERVAL = 1_000;

describe('periodic work', () => {
  beforeEach(() => {
    jest.useFakeTimers();
    Logger.overrideLogger(false);
  });
  afterEach(() => {
    jest.useRealTimers();
    Logger.overrideLogger(true);
  });

  test('repeats a step until one handles fewer rows, or the work is stopped', async () => {
    const left = [2, 2, 1, 2];
    let steps = 0;
    const work = new PeriodicWork('test', INTERVAL, async () => undefined);
    const step = async (): Promise<number> => {
      steps += 1;
      return left.shift() ?? 0;
    };
    await work.inSteps(2, step);
    expect(steps).toBe(3);
    await work.stop();
    await work.inSteps(2, step);
    expect(steps).toBe(3);
  });

  test('runs at the start and after each interval, until it is stopped', async () => {
    let runs = 0;
    const work = new PeriodicWork('test', INTERVAL, async () => {
      runs += 1;
    });
    await work.start();
    expect(runs).toBe(1);
    await jest.advanceTimersByTimeAsync(2 * INTERVAL);
    expect(runs).toBe(3);
    await work.stop();
    await jest.advanceTimersByTimeAsync(2 * INTERVAL);
    expect(runs).toBe(3);
  });

  test('starts no run beside another, and stops after the one in progress', async () => {
    let runs = 0;
    let finish: (() => void) | undefined;
    const work = new PeriodicWork('test', INTERVAL, async () => {
      runs += 1;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
    });
    void work.start();
    await jest.advanceTimersByTimeAsync(3 * INTERVAL);
    expect(runs).toBe(1);
    let stopped = false;
    const stop = async () => {
      await work.stop();
      stopped = true;
    };
    const stopping = stop();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(stopped).toBe(false);
    finish?.();
    await stopping;
    expect(runs).toBe(1);
  });

  test('goes on after a run that failed', async () => {
    let runs = 0;
    const work = new PeriodicWork('test', INTERVAL, async () => {
      runs += 1;
      throw new Error('The database is away.');
    });
    await work.start();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(runs).toBe(2);
    await work.stop();
  });
});
