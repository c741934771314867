/** Keeps its value until the work of `run` ends. Correct for one request at a time. */
export class ContextVariable<T> {
  private value: T | undefined;

  get(): T | undefined {
    return this.value;
  }

  run<R>(value: T, work: () => R): R {
    const before = this.value;
    const restore = (): void => {
      this.value = before;
    };
    this.value = value;
    const result = work();
    if (result instanceof Promise) result.then(restore, restore);
    else restore();
    return result;
  }
}
