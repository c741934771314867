import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { SECOND } from './calendar/time/civil-time.js';
import type { Admission } from './http/load/admission.js';

/** Longer than any request may take. With the default delay, shorter than the 30 s after which orchestrators kill. */
const DRAIN_TIMEOUT_MS = 20_000;

type Service = Readonly<{ admission: Admission; delay: number }>;

/** Ends the parts of the service in the opposite order of their start, and then the process. */
export class Shutdown {
  private readonly logger = new Logger('Calendar');
  private readonly closers: (() => Promise<unknown>)[] = [];
  private readonly hurry = new AbortController();
  private service: Service | null = null;
  private ending = false;

  /** @param describe returns the text of an error for standard error */
  constructor(private readonly describe: (error: unknown) => string) {}

  /** Registers `close`. The last registered function runs first. */
  onEnd(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** The service is ready. From now on, the end of the process begins with the delay, in which clients notice the end. */
  serving(service: Service): void {
    this.service = service;
  }

  /**
   * Ends the process on request. Ctrl-C and a second signal end the delay. No signal ends requests in progress. Under npm,
   * Ctrl-C arrives twice.
   */
  signal(signal: NodeJS.Signals): void {
    if (this.ending || signal === 'SIGINT') this.hurry.abort();
    this.end(0, signal);
  }

  /** Ends the process because of a failure. */
  fail(error: unknown): void {
    process.stderr.write(`${this.describe(error)}\n`);
    this.hurry.abort();
    this.end(1, 'A failure');
  }

  private end(exitCode: number, reason: string): void {
    if (this.ending) return;
    this.ending = true;
    void this.close(exitCode, reason).then(
      () => process.exit(exitCode),
      (error: unknown) => {
        process.stderr.write(`${this.describe(error)}\n`);
        process.exit(1);
      },
    );
  }

  private async close(exitCode: number, reason: string): Promise<void> {
    if (this.service) await this.leave(this.service, reason);
    else if (exitCode === 0) this.logger.log(`${reason}: the service ends before it is ready`);
    setTimeout(() => {
      this.logger.warn(`The service has not finished after ${DRAIN_TIMEOUT_MS / SECOND} s, and ends now`);
      process.exit(1);
    }, DRAIN_TIMEOUT_MS).unref();
    for (const close of this.closers.toReversed()) await close();
    if (exitCode === 0 || this.service) this.logger.log('The service has ended');
  }

  /** Continues to serve while balancers switch to another instance. */
  private async leave({ admission, delay }: Service, reason: string): Promise<void> {
    admission.leave();
    const { signal } = this.hurry;
    if (delay > 0 && !signal.aborted) {
      this.logger.log(
        `${reason}: no longer ready; serving for another ${delay / SECOND} s, then finishing the requests in progress`,
      );
      await sleep(delay, undefined, { signal }).catch(() => this.logger.log('The delay ends early'));
    } else {
      this.logger.log(
        `${reason}: no longer ready; finishing ${admission.inProgress.size} requests in progress`,
      );
    }
  }
}
