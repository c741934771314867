import { ConfigurationError } from './configuration-error.js';

/** Gathers the configuration errors of several steps, so that the operator sees all of them at once. */
export class GatheredErrors {
  private readonly sentences: string[] = [];

  add(sentence: string): void {
    this.sentences.push(sentence);
  }

  /** The result of `read`. If `read` throws a `ConfigurationError`, the result is missing, and `throwIfAny` throws. */
  of<T>(read: () => T): T {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      this.add(error.message);
      return undefined as T;
    }
  }

  /** @throws {ConfigurationError} with one line for each error */
  throwIfAny(): void {
    if (this.sentences.length > 0) throw new ConfigurationError(this.sentences.join('\n'));
  }
}
