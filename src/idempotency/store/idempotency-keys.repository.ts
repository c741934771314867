import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, LessThanOrEqual, MoreThan, QueryFailedError, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { errorCode } from '../../platform/error-code.js';
import type { KeyedRequest } from '../keyed-request-reader.js';
import type { KeptAnswer } from '../model/stored-response.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** An answer, and what request it was given to. */
export interface KeptRequest {
  readonly fingerprint: string;
  readonly answer: KeptAnswer;
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Takes the key where it is new, or its answer as old as `$7`; writes nothing otherwise. */
const TAKE = `
  INSERT INTO idempotency_keys AS taken (caller, operation, key, fingerprint, answer, created_at)
  VALUES ($1, $2, $3, $4, $5, $6)
  ON CONFLICT (caller, operation, key) DO UPDATE
     SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
   WHERE taken.created_at <= $7
  RETURNING true`;

@Injectable()
export class IdempotencyKeysRepository {
  constructor(
    @InjectRepository(IdempotencyKey) private readonly keys: Repository<IdempotencyKey>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Takes a key, and lets others who want it wait until the transaction ends.
   * @returns false where it is taken already; null where somebody else is about to take it and does not come to an end
   */
  async take(
    { caller, operation, key, fingerprint }: KeyedRequest,
    answer: KeptAnswer | null,
    now: Date,
    expiredAt: Date,
  ): Promise<boolean | null> {
    try {
      const values = [caller, operation, key, fingerprint, JSON.stringify(answer), now, expiredAt];
      const rows: unknown[] = await this.repository.query(TAKE, values);
      return rows.length > 0;
    } catch (error) {
      if (error instanceof QueryFailedError && errorCode(error.driverError) === LOCK_NOT_AVAILABLE)
        return null;
      throw error;
    }
  }

  async keep({ caller, operation, key }: KeyedRequest, answer: KeptAnswer): Promise<void> {
    await this.repository.update({ caller, operation, key }, { answer });
  }

  async find({ caller, operation, key }: KeyedRequest): Promise<KeptRequest | null> {
    const found = await this.repository.findOneBy({ caller, operation, key });
    return found as KeptRequest | null;
  }

  /** The same request under another key that it may have been kept by. */
  async findOther(
    { caller, operation, otherKeys, fingerprints }: KeyedRequest,
    expiredAt: Date,
  ): Promise<KeptRequest | null> {
    if (otherKeys.length === 0) return null;
    const found = await this.repository.findOneBy({
      caller,
      operation,
      key: In(otherKeys),
      fingerprint: In(fingerprints),
      createdAt: MoreThan(expiredAt),
    });
    return found as KeptRequest | null;
  }

  async remove({ caller, operation, key }: KeyedRequest): Promise<void> {
    await this.repository.delete({ caller, operation, key });
  }

  async deleteExpired(expiredAt: Date): Promise<void> {
    await this.repository.delete({ createdAt: LessThanOrEqual(expiredAt) });
  }

  private get repository(): Repository<IdempotencyKey> {
    return this.unitOfWork.repository(this.keys);
  }
}
