import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/unit-of-work.js';
import { Clock } from '../platform/clock/clock.js';
import { keyInUse, keyReused, SecretNotRepeated } from './key-errors.js';
import { expiryCutOff } from './model/key-lifetime.js';
import { type KeyedRequest, userCaller } from './model/keyed-request.js';
import {
  OMITTED_SECRET,
  type StoredResponse,
  storedError,
  storedNotFound,
  storedOmission,
} from './model/stored-response.js';
import { IdempotencyKeysRepository } from './store/idempotency-keys.repository.js';

/** The body of the response to a first request, or the stored response for a repeated one. */
type Outcome =
  | { readonly isRepeat: false; readonly body: unknown }
  | { readonly isRepeat: true; readonly stored: StoredResponse };

/** Runs the work of a keyed request once, however often the client sends the request. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly keys: IdempotencyKeysRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs `work` for the first request with this key. One transaction commits the key, the stored response and the changes
   * of `work`; a concurrent request with the same key waits for it. Each attempt of the transaction may have another
   * outcome.
   * @param toStored the part of a response to store
   * @throws {DomainError} key-reused, if the first request had another body; key-in-use, if it takes too long
   */
  async runOnce(
    request: KeyedRequest,
    work: () => Promise<unknown>,
    toStored: (body: unknown) => StoredResponse,
  ): Promise<Outcome> {
    try {
      return await this.unitOfWork.run(async () => {
        const other = await this.keys.findOther(request, expiryCutOff(this.clock.now()));
        if (other) return { isRepeat: true, stored: other.response };
        if (!(await this.claim(request, null)))
          return { isRepeat: true, stored: await this.storedResponse(request) };
        const body = await work();
        await this.keys.store(request, toStored(body));
        return { isRepeat: false, body };
      });
    } catch (error) {
      // The error has rolled back the transaction, and the key with it.
      const stored = storedError(error);
      if (stored) await this.claim(request, stored);
      throw error;
    }
  }

  /**
   * Runs `work`, whose response has a secret, unless the key was used before. The work commits in transactions of its
   * own: its counts of attempts and its ends of stolen sessions must stay if it fails. After a failure, the client may
   * use the key again.
   * @throws {DomainError} conflict `secret_not_repeated`; key-reused
   */
  async runOnceWithSecret<T>(request: KeyedRequest, work: () => Promise<T>): Promise<T> {
    const other = await this.keys.findOther(request, expiryCutOff(this.clock.now()));
    if (other || !(await this.claim(request, OMITTED_SECRET))) {
      const first = other?.response ?? (await this.storedResponse(request));
      throw new SecretNotRepeated(first.kind === 'secret' ? (first.id ?? null) : null);
    }
    const body = await this.forgottenIfFailed(request, work);
    const stored = storedOmission(body);
    if (stored) await this.keys.store(request, stored);
    return body;
  }

  /**
   * Removes the keys and the stored responses of a deleted user. A repeat of the request that created the user gets the
   * response to an unknown user.
   */
  async forgetUser(userId: number): Promise<void> {
    await this.keys.removeAllOf(userCaller(userId));
    await this.keys.replaceBodies('POST /users', userId, storedNotFound('user', userId));
  }

  private async forgottenIfFailed<T>(request: KeyedRequest, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      await this.keys.remove(request);
      throw error;
    }
  }

  /** @returns false if an earlier request has the key @throws {DomainError} key-in-use */
  private async claim(request: KeyedRequest, response: StoredResponse | null): Promise<boolean> {
    const now = this.clock.now();
    const claimed = await this.unitOfWork.run(async () =>
      this.keys.claim(request, response, now, expiryCutOff(now)),
    );
    if (claimed === null) throw keyInUse();
    return claimed;
  }

  private async storedResponse(request: KeyedRequest): Promise<StoredResponse> {
    const first = await this.keys.find(request);
    // The key was removed in the meantime, since it has just expired.
    if (!first) throw keyInUse();
    if (!request.fingerprints.includes(first.fingerprint)) throw keyReused();
    return first.response;
  }
}
