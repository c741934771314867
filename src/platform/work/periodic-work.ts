import { Logger } from '@nestjs/common';

/**
 * Runs work at once and then at an interval, from `start` until `stop`. One run at a time: an interval that ends during a
 * run starts none. A failed run is logged, and the next interval tries again.
 */
export class PeriodicWork {
  private readonly logger: Logger;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private ended = false;

  /** @param interval milliseconds */
  constructor(
    name: string,
    private readonly interval: number,
    private readonly work: () => Promise<void>,
  ) {
    this.logger = new Logger(name);
  }

  /** Whether `stop` was called: a run that works in steps ends after the step in progress. */
  get stopping(): boolean {
    return this.ended;
  }

  /** Repeats a step of a run until the step handles fewer rows than it may, or `stop` was called. */
  async inSteps(rowsOfStep: number, step: () => Promise<number>): Promise<void> {
    while (!this.ended && (await step()) === rowsOfStep);
  }

  /** @returns when the first run has ended */
  async start(): Promise<void> {
    this.timer = setInterval(() => void this.run(), this.interval).unref();
    await this.run();
  }

  /** @returns when the run in progress has ended */
  async stop(): Promise<void> {
    this.ended = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    this.running ??= this.work()
      .catch((error: unknown) => this.logger.warn(error))
      .finally(() => {
        this.running = null;
      });
    await this.running;
  }
}
