export { AsyncResource } from 'node:async_hooks';

/** Keeps one store in a variable, until the work of `run` ends. Correct for one request at a time. */
export class AsyncLocalStorage<T> {
  private store: T | undefined;

  static bind<F>(work: F): F {
    return work;
  }

  static snapshot(): <R, A extends unknown[]>(work: (...parameters: A) => R, ...parameters: A) => R {
    return (work, ...parameters) => work(...parameters);
  }

  getStore(): T | undefined {
    return this.store;
  }

  run<R>(store: T, work: (...parameters: unknown[]) => R, ...parameters: unknown[]): R {
    const before = this.store;
    const restore = (): void => {
      this.store = before;
    };
    this.store = store;
    const result = work(...parameters);
    if (result instanceof Promise) result.then(restore, restore);
    else restore();
    return result;
  }
}
