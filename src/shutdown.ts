import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Admission } from './http/load/admission.js';

/** Longer than any request may take. With the default delay it is less than the 30 s after which orchestrators kill. */
const DRAIN_TIMEOUT_MS = 20_000;

type Service = Readonly<{ admission: Admission; delay: number }>;

/** Ends what was started, in the opposite order, and then the process. */
export class Shutdown {
  private readonly logger = new Logger('Calendar');
  private readonly closers: (() => Promise<unknown>)[] = [];
  private readonly hurry = new AbortController();
  private service: Service | null = null;
  private ending = false;

  /** @param describe what standard error says of an error that something ends with */
  constructor(private readonly describe: (error: unknown) => string) {}

  /** Has `close` called before what was started earlier is closed. */
  onEnd(close: () => Promise<unknown>): void {
    this.closers.push(close);
  }

  /** The service is ready: from now on, clients have to be told of the end, and some time before it. */
  serving(service: Service): void {
    this.service = service;
  }

  /**
   * Ends the process because somebody asks for it. Ctrl-C and a second signal end the delay; no signal ends requests in
   * progress. Under npm, Ctrl-C arrives twice.
   */
  signal(signal: NodeJS.Signals): void {
    if (this.ending || signal === 'SIGINT') this.hurry.abort();
    this.end(0, signal);
  }

  /** Ends the process because it cannot go on. */
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
      this.logger.warn(
        `The service has not finished after ${DRAIN_TIMEOUT_MS / 1000} s, and ends all the same`,
      );
      process.exit(1);
    }, DRAIN_TIMEOUT_MS).unref();
    for (const close of this.closers.toReversed()) await close();
    if (exitCode === 0 || this.service) this.logger.log('The service has ended');
  }

  /** Lets balancers find another instance while this one still serves. */
  private async leave({ admission, delay }: Service, reason: string): Promise<void> {
    admission.leave();
    const { signal } = this.hurry;
    if (delay > 0 && !signal.aborted) {
      this.logger.log(
        `${reason}: no longer ready; serving for another ${delay / 1000} s, then finishing the requests in progress`,
      );
      await sleep(delay, undefined, { signal }).catch(() => this.logger.log('The delay ends early'));
    } else {
      this.logger.log(
        `${reason}: no longer ready; finishing ${admission.inProgress.size} requests in progress`,
      );
    }
  }
}
