import { AsyncResource } from 'node:async_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { ContextVariable } from './context-variable.js';

describe('a context variable', () => {
  test('has no value outside of a run', () => {
    const variable = new ContextVariable<number>();
    expect(variable.get()).toBeUndefined();
    variable.run(1, () => {});
    expect(variable.get()).toBeUndefined();
  });

  test('has its value in the asynchronous calls of a run', async () => {
    const variable = new ContextVariable<number>();
    const valueLater = async (): Promise<number | undefined> => {
      await turn();
      return variable.get();
    };
    const runs = [1, 2, 3].map(async (value) => variable.run(value, valueLater));
    expect(await Promise.all(runs)).toEqual([1, 2, 3]);
  });

  test('has the value of the innermost run, and the outer value after it', async () => {
    const variable = new ContextVariable<string | null>();
    const seen = await variable.run('outer', async () => {
      const inner = await variable.run(null, async () => {
        await turn();
        return variable.get();
      });
      return [inner, variable.get()];
    });
    expect(seen).toEqual([null, 'outer']);
  });

  test('keeps its value when another variable gets one, and does not see it', () => {
    const [one, other] = [new ContextVariable<string>(), new ContextVariable<string>()];
    one.run('one', () => {
      other.run('other', () => {
        expect([one.get(), other.get()]).toEqual(['one', 'other']);
        one.run('inner', () => expect([one.get(), other.get()]).toEqual(['inner', 'other']));
        expect([one.get(), other.get()]).toEqual(['one', 'other']);
      });
      expect([one.get(), other.get()]).toEqual(['one', undefined]);
    });
  });

  test('has its value in work that is bound within a run, and ends with a run that fails', () => {
    const variable = new ContextVariable<number>();
    const bound = variable.run(1, () => AsyncResource.bind(() => variable.get()));
    expect(bound()).toBe(1);
    expect(() => variable.run(2, () => expect(variable.get()).toBe(0))).toThrow('toBe');
    expect(variable.get()).toBeUndefined();
  });
});
