import type { Instant } from '../../calendar/time/civil-time.js';
import type { Clock } from '../clock/clock.js';

/** Milliseconds. A loop sleeps no longer, so it finds work of other instances after this time at the latest. */
const LONGEST_SLEEP_MS = 10_000;

/** Milliseconds. A loop sleeps no less, since another instance may do the due work at the moment. */
const SHORTEST_SLEEP_MS = 50;

interface Work {
  /**
   * Does the due work, in pieces, until none is left or `stopping` returns true. @returns the instant of the next due
   * work
   */
  run(stopping: () => boolean): Promise<Instant | null>;
  /** Gets the error of `run`. The loop runs again after the longest sleep. */
  failed(error: unknown): void;
}

/** Does work whenever it is due, from `start` until `stop`: one timer, and no query while it sleeps. */
export class WorkLoop {
  private stopping = false;
  private wakeAt = Infinity;
  private wake: (() => void) | null = null;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(
    private readonly work: Work,
    private readonly clock: Clock,
  ) {}

  start(): void {
    this.running ??= this.repeat();
  }

  /** Runs the work at an instant, or at once if the instant has passed. */
  wakeBy(instant: Instant): void {
    if (instant >= this.wakeAt) return;
    this.wakeAt = instant;
    if (this.wake) this.setTimer();
  }

  /** Ends after the piece of work in progress. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake?.();
    await this.running;
  }

  private async repeat(): Promise<void> {
    while (!this.stopping) {
      this.wakeAt = Infinity;
      const next = await this.runOnce();
      if (!this.stopping) await this.sleepUntil(next);
    }
  }

  private async runOnce(): Promise<Instant | null> {
    try {
      return await this.work.run(() => this.stopping);
    } catch (error) {
      this.work.failed(error);
      return null;
    }
  }

  private async sleepUntil(next: Instant | null): Promise<void> {
    const soonest = this.clock.now().getTime() + SHORTEST_SLEEP_MS;
    this.wakeAt = Math.min(this.wakeAt, Math.max(next ?? Infinity, soonest));
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      this.setTimer();
    });
    clearTimeout(this.timer);
    this.wake = null;
  }

  private setTimer(): void {
    clearTimeout(this.timer);
    const delay = this.wakeAt - this.clock.now().getTime();
    this.timer = setTimeout(() => this.wake?.(), Math.max(0, Math.min(delay, LONGEST_SLEEP_MS)));
  }
}
