import { Injectable, Logger, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Clock } from '../platform/clock/clock.js';
import { type KeptAnswer, refused, SECRET } from './kept-answer.js';
import { keyInUse, keyReused, secretNotRepeated } from './key-errors.js';
import type { KeyedRequest } from './keyed-requests.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** How long a client may repeat a request: a day, in which whatever has failed is found. */
const LIFETIME_MS = 24 * 3600_000;

const SWEEP_INTERVAL_MS = 3600_000;

/** The answer to a first request, or what is kept of it for a repeat. */
type Outcome =
  | { readonly isRepeat: false; readonly body: unknown }
  | { readonly isRepeat: true; readonly kept: KeptAnswer };

/** Does what is asked under a key once, however often it is asked. */
@Injectable()
export class IdempotencyService implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(IdempotencyService.name);
  private sweep: NodeJS.Timeout | undefined;

  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.sweep = setInterval(() => void this.deleteExpired(), SWEEP_INTERVAL_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweep);
  }

  /**
   * Runs `work` for the first request of this key. The key, what is kept of the answer, and what `work` changes are
   * committed together; a repeat that comes meanwhile waits. Each attempt of the transaction may have another outcome.
   * @param keep what to keep of an answer
   * @throws {DomainError} key-reused, if the first request asked for something else; key-in-use, if it takes too long
   */
  async once(
    request: KeyedRequest,
    work: () => Promise<unknown>,
    keep: (body: unknown) => KeptAnswer,
  ): Promise<Outcome> {
    try {
      return await this.unitOfWork.run(async () => {
        const other = await this.keys.findOther(request, expiryAt(this.clock.now()));
        if (other) return { isRepeat: true, kept: other.answer };
        if (!(await this.take(request, null))) {
          return { isRepeat: true, kept: await this.firstAnswer(request) };
        }
        const body = await work();
        await this.keys.keep(request, keep(body));
        return { isRepeat: false, body };
      });
    } catch (error) {
      // What it was refused for has undone the transaction, and the key with it.
      const refusal = refused(error);
      if (refusal) await this.take(request, refusal);
      throw error;
    }
  }

  /**
   * Runs `work`, whose answer has a secret, unless this key was used before. The work commits by itself, since what it
   * counts and ends when it fails (logins, stolen tokens) has to stay. If it fails, the key may be used again.
   * @throws {DomainError} conflict `secret_not_repeated`; key-reused
   */
  async onceWithSecret<T>(request: KeyedRequest, work: () => Promise<T>): Promise<T> {
    const other = await this.keys.findOther(request, expiryAt(this.clock.now()));
    if (other || !(await this.take(request, SECRET))) {
      if (!other) await this.firstAnswer(request);
      throw secretNotRepeated();
    }
    try {
      return await work();
    } catch (error) {
      await this.keys.remove(request);
      throw error;
    }
  }

  private async take(request: KeyedRequest, answer: KeptAnswer | null): Promise<boolean> {
    const now = this.clock.now();
    const taken = await this.keys.take(request, answer, now, expiryAt(now));
    if (taken === null) throw keyInUse();
    return taken;
  }

  private async firstAnswer(request: KeyedRequest): Promise<KeptAnswer> {
    const first = await this.keys.find(request);
    // It can only be gone because it has just expired.
    if (!first) throw keyInUse();
    if (!request.fingerprints.includes(first.fingerprint)) throw keyReused();
    return first.answer;
  }

  private async deleteExpired(): Promise<void> {
    await this.keys
      .deleteExpired(expiryAt(this.clock.now()))
      .catch((error: unknown) => this.logger.warn(error));
  }
}

function expiryAt(now: Date): Date {
  return new Date(now.getTime() - LIFETIME_MS);
}
