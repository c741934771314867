import { describe, expect, test } from '@jest/globals';
import { Turns } from './turns.js';

/** Notes the begin and the end of each piece of work; a piece ends when `end` is called with its name. */
function workshop() {
  const turns = new Turns();
  const log: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const start = async (name: string, ...subjects: string[]): Promise<void> =>
    turns.take(subjects, async () => {
      log.push(`${name} begins`);
      await new Promise<void>((resolve, reject) => {
        ends.set(name, (error) => (error ? reject(error) : resolve()));
      });
      log.push(`${name} ends`);
    });
  const end = async (name: string, error?: Error): Promise<void> => {
    ends.get(name)?.(error);
    await new Promise(setImmediate);
  };
  return { log, start, end };
}

describe('work in turns', () => {
  test('on one subject is done one after the other, in the order of asking', async () => {
    const { log, start, end } = workshop();
    const all = [start('a', 'x'), start('b', 'x'), start('c', 'x')];
    await end('none');
    expect(log).toEqual(['a begins']);
    await end('a');
    await end('b');
    await end('c');
    await Promise.all(all);
    expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  });

  test('on different subjects is done at the same time', async () => {
    const { log, start, end } = workshop();
    const all = [start('a', 'x'), start('b', 'y')];
    await end('none');
    expect(log).toEqual(['a begins', 'b begins']);
    await end('a');
    await end('b');
    await Promise.all(all);
  });

  test('on several subjects waits for each of them, and never in a circle', async () => {
    const { log, start, end } = workshop();
    const all = [start('a', 'x', 'y'), start('b', 'y', 'x'), start('c', 'z')];
    await end('none');
    expect(log).toEqual(['a begins', 'c begins']);
    await end('a');
    expect(log).toEqual(['a begins', 'c begins', 'a ends', 'b begins']);
    await end('b');
    await end('c');
    await Promise.all(all);
  });

  test('that fails passes the turn on', async () => {
    const { log, start, end } = workshop();
    const [failing, next] = [start('a', 'x').catch((error: Error) => error.message), start('b', 'x')];
    await end('none');
    await end('a', new Error('broken'));
    expect(await failing).toBe('broken');
    expect(log).toEqual(['a begins', 'b begins']);
    await end('b');
    await next;
  });

  test('begins at once only where no other work runs or waits', async () => {
    const turns = new Turns();
    const end = turns.tryBegin(['x', 'y']);
    expect(end).not.toBeNull();
    expect(turns.tryBegin(['y', 'z'])).toBeNull();
    const waiting = turns.take(['y'], async () => 'done');
    end?.();
    expect(turns.tryBegin(['y'])).toBeNull();
    expect(await waiting).toBe('done');
    const next = turns.tryBegin(['y', 'z']);
    expect(next).not.toBeNull();
    next?.();
  });
});
