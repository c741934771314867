import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, MoreThan, QueryFailedError, Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { errorCode } from '../../platform/error-code.js';
import type { KeyedRequest } from '../model/keyed-request.js';
import type { StoredResponse } from '../model/stored-response.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** A stored response, and the fingerprint of its request. */
export interface StoredRequest {
  readonly fingerprint: string;
  readonly response: StoredResponse;
}

const LOCK_NOT_AVAILABLE = '55P03';

/** Inserts the key, or replaces one that was created at `$8` or earlier. */
const CLAIM = `
  INSERT INTO idempotency_keys AS claimed (tenant_id, caller, operation, key, fingerprint, answer, created_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (tenant_id, caller, operation, key) DO UPDATE
     SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
   WHERE claimed.created_at <= $8
  RETURNING true`;

@Injectable()
export class IdempotencyKeysRepository {
  constructor(
    @InjectRepository(IdempotencyKey) private readonly keys: Repository<IdempotencyKey>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Claims the key. A concurrent request with the same key waits until the transaction ends.
   * @param cutOff keys of this moment or earlier have expired
   * @returns false if an earlier request has the key; null if a request in progress has it after the time to wait
   */
  async claim(
    { caller, operation, key, fingerprint }: KeyedRequest,
    response: StoredResponse | null,
    now: Date,
    cutOff: Date,
  ): Promise<boolean | null> {
    try {
      const answer = JSON.stringify(response);
      const values = [this.tenant.id, caller, operation, key, fingerprint, answer, now, cutOff];
      const rows: unknown[] = await this.repository.query(CLAIM, values);
      return rows.length > 0;
    } catch (error) {
      if (error instanceof QueryFailedError && errorCode(error.driverError) === LOCK_NOT_AVAILABLE)
        return null;
      throw error;
    }
  }

  async store({ caller, operation, key }: KeyedRequest, response: StoredResponse): Promise<void> {
    await this.repository.update({ tenantId: this.tenant.id, caller, operation, key }, { response });
  }

  async find({ caller, operation, key }: KeyedRequest): Promise<StoredRequest | null> {
    const found = await this.repository.findOneBy({
      tenantId: this.tenant.id,
      caller,
      operation,
      key,
    });
    return found as StoredRequest | null;
  }

  /** The same request, stored with another of its keys. */
  async findOther(
    { caller, operation, otherKeys, fingerprints }: KeyedRequest,
    cutOff: Date,
  ): Promise<StoredRequest | null> {
    if (otherKeys.length === 0) return null;
    const found = await this.repository.findOneBy({
      tenantId: this.tenant.id,
      caller,
      operation,
      key: In(otherKeys),
      fingerprint: In(fingerprints),
      createdAt: MoreThan(cutOff),
    });
    return found as StoredRequest | null;
  }

  async remove({ caller, operation, key }: KeyedRequest): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, caller, operation, key });
  }

  /** Removes the keys of these callers, also where an API key of the tenant acted as one of them. */
  async removeAllOf(caller: string): Promise<void> {
    await this.repository.query(
      `DELETE FROM idempotency_keys WHERE tenant_id = $1 AND (caller = $2 OR caller LIKE 'key % as ' || $2)`,
      [this.tenant.id, caller],
    );
  }

  /** Replaces the stored bodies of one resource in the responses of an operation. */
  async replaceBodies(operation: string, resourceId: number, response: StoredResponse): Promise<void> {
    await this.repository.query(
      `UPDATE idempotency_keys SET answer = $4
        WHERE tenant_id = $1 AND operation = $2 AND answer->'body'->>'id' = $3`,
      [this.tenant.id, operation, String(resourceId), JSON.stringify(response)],
    );
  }

  /** Removes the keys of all tenants that were created at this moment or earlier. */
  async removeExpired(cutOff: Date): Promise<void> {
    await this.repository.query(
      `DELETE FROM idempotency_keys WHERE (tenant_id, caller, operation, key) IN (
         SELECT tenant_id, caller, operation, key FROM idempotency_keys WHERE created_at <= $1 -- all tenants
            FOR UPDATE SKIP LOCKED)`,
      [cutOff],
    );
  }

  private get repository(): Repository<IdempotencyKey> {
    return this.unitOfWork.repository(this.keys);
  }
}
