import { Injectable } from '@nestjs/common';
import { timedOut } from '../../errors/service-unavailable.js';
import { currentRequest } from '../logging/request-context.js';

/**
 * Units of work. One unit is the expansion of one occurrence, about a microsecond. So many take a few milliseconds:
 * other requests wait no longer, and a pause costs much less.
 * @public `docs/limits.md` lists it.
 */
export const WORK_BETWEEN_PAUSES = 4_000;

/**
 * Shares the processor between long computations and the rest of the service. In each turn of the event loop, one
 * computation of the process continues. If several continued in one turn, they would stop all other requests.
 */
@Injectable()
export class LongWork {
  private readonly paused: (() => void)[] = [];
  private turns = 0;

  /** The number of pauses since the start of the process. */
  get pauses(): number {
    return this.turns;
  }

  /** Begins a computation of the current request. @param urgent it holds locks: it goes on before the others */
  begin(urgent = false): Effort {
    return new Effort(() => this.pause(urgent));
  }

  /** Maps the items with pauses. @param workOf the units of work that an item takes */
  async map<T, R>(items: readonly T[], map: (item: T) => R, workOf: (item: T) => number): Promise<R[]> {
    const effort = this.begin();
    const mapped: R[] = [];
    for (const item of items) {
      mapped.push(map(item));
      if (effort.spend(workOf(item))) await effort.rest();
    }
    return mapped;
  }

  private pause(urgent: boolean): Promise<void> {
    return new Promise((resolve) => {
      if (urgent) this.paused.unshift(resolve);
      else this.paused.push(resolve);
      if (this.paused.length === 1) setImmediate(this.resumeNext);
    });
  }

  private readonly resumeNext = (): void => {
    this.turns += 1;
    this.paused.shift()?.();
    if (this.paused.length > 0) setImmediate(this.resumeNext);
  };
}

/** Counts the work of one computation. */
export class Effort {
  private sincePause = 0;
  private readonly request = currentRequest();

  constructor(private readonly pause: () => Promise<void>) {}

  /** Counts work that was done. @returns whether the computation has to `rest` before it goes on */
  spend(units: number): boolean {
    this.sincePause += units;
    return this.sincePause >= WORK_BETWEEN_PAUSES;
  }

  /**
   * Pauses the computation, so that other work continues.
   * @throws {ServiceUnavailable} if no client waits for the response any more
   */
  async rest(): Promise<void> {
    this.sincePause = 0;
    await this.pause();
    if (this.request?.cancelled) throw timedOut();
  }
}
