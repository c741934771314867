import { AsyncLocalStorage } from 'node:async_hooks';

/** The values of all variables, each at the index of its variable. No list changes after its creation. */
const values = new AsyncLocalStorage<readonly unknown[]>();

let variables = 0;

/**
 * A value that work and the asynchronous calls that it starts can read, such as the request that they are done for. All
 * variables share one `AsyncLocalStorage`: up to Node.js 22, each one makes every promise of the process slower.
 */
export class ContextVariable<T> {
  private readonly index = variables++;

  /** The value of the innermost `run`; undefined outside of one. */
  get(): T | undefined {
    return values.getStore()?.[this.index] as T | undefined;
  }

  /** Runs `work` with the value. The other variables keep their values. */
  run<R>(value: T, work: () => R): R {
    const next = [...(values.getStore() ?? [])];
    next[this.index] = value;
    return values.run(next, work);
  }
}
