import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ArrayContainedBy, IsNull, MoreThan, Repository } from 'typeorm';
import type { Scope } from '../../access/scope.js';
import { type PreparedStatement, UnitOfWork } from '../../database/unit-of-work.js';
import type { ApiKeyRecord } from '../model/api-key-record.js';
import type { NewKeyRow } from '../model/new-key-row.js';
import { ApiKey } from './api-key.entity.js';

/** The columns by which the service identifies a caller. */
export type StoredKey = Pick<
  ApiKeyRecord,
  'id' | 'tenantId' | 'prefix' | 'scopes' | 'expiresAt' | 'lastUsedAt'
> & { readonly hash: string };

const STORED_KEY = `
  id, tenant_id AS "tenantId", prefix, hash, scopes, expires_at AS "expiresAt", last_used_at AS "lastUsedAt"`;

/** Runs for each request with a key, so it is prepared. A prefix that an operator has chosen may not be unique. */
const WITH_PREFIX: PreparedStatement = {
  name: 'api-keys-with-prefix',
  text: `SELECT ${STORED_KEY} FROM api_keys -- all tenants
         WHERE prefix = $1 AND revoked_at IS NULL`,
};

/** Runs for each request with an exchanged token. */
const WITH_ID: PreparedStatement = {
  name: 'api-key-with-id',
  text: `SELECT ${STORED_KEY} FROM api_keys WHERE tenant_id = $1 AND id = $2 AND revoked_at IS NULL`,
};

/** The keys that are not revoked. An expired key is among them. */
@Injectable()
export class ApiKeysRepository {
  constructor(
    @InjectRepository(ApiKey) private readonly keys: Repository<ApiKey>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** The keys of this prefix, of all tenants: the key of a request names its tenant. */
  async withPrefix(prefix: string): Promise<StoredKey[]> {
    return this.unitOfWork.prepared<StoredKey>(WITH_PREFIX, [prefix]);
  }

  async withId(tenantId: number, id: number): Promise<StoredKey | null> {
    const [key] = await this.unitOfWork.prepared<StoredKey>(WITH_ID, [tenantId, id]);
    return key ?? null;
  }

  /** The keys of the tenant with no scope but these, by id. */
  async page(
    tenantId: number,
    scopes: Iterable<Scope>,
    { after, limit }: { readonly after: number; readonly limit: number },
  ): Promise<ApiKeyRecord[]> {
    return this.repository.find({
      where: { tenantId, revokedAt: IsNull(), id: MoreThan(after), scopes: ArrayContainedBy([...scopes]) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  async count(tenantId: number): Promise<number> {
    return this.repository.countBy({ tenantId, revokedAt: IsNull() });
  }

  async add(key: NewKeyRow): Promise<ApiKeyRecord> {
    const columns = { ...key, scopes: [...key.scopes] };
    const { identifiers } = await this.repository.insert(columns);
    const { hash: _, ...record } = columns;
    return { ...record, id: identifiers[0]?.id as number };
  }

  /**
   * The key, locked until the transaction ends, so that no other transaction revokes it. Several transactions may hold
   * this lock.
   */
  async held(tenantId: number, id: number): Promise<ApiKeyRecord | null> {
    return this.repository.findOne({
      where: { tenantId, id, revokedAt: IsNull() },
      lock: { mode: 'pessimistic_read' },
    });
  }

  /** Revokes the key. @returns whether it was not revoked before */
  async revoke(tenantId: number, id: number, at: Date): Promise<boolean> {
    const { affected } = await this.repository.update(
      { tenantId, id, revokedAt: IsNull() },
      { revokedAt: at },
    );
    return affected === 1;
  }

  async revokeAll(tenantId: number, at: Date): Promise<void> {
    await this.repository.update({ tenantId, revokedAt: IsNull() }, { revokedAt: at });
  }

  /** The keys that these keys made, revoked ones included. */
  async madeBy(tenantId: number, ids: readonly number[]): Promise<number[]> {
    const rows: { id: number }[] = await this.repository.query(
      'SELECT id FROM api_keys WHERE tenant_id = $1 AND created_by_key_id = ANY ($2) ORDER BY id',
      [tenantId, ids],
    );
    return rows.map(({ id }) => id);
  }

  /** Records that a request had the key, unless another request did so after `cutOff`. */
  async recordUse({ tenantId, id }: StoredKey, at: Date, cutOff: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE api_keys SET last_used_at = $3
        WHERE tenant_id = $1 AND id = $2 AND (last_used_at IS NULL OR last_used_at <= $4)`,
      [tenantId, id, at, cutOff],
    );
  }

  /** Adds the key that an operator has chosen, unless it exists. @returns the row of the key, revoked or not */
  async keep(key: NewKeyRow): Promise<{ readonly revoked: boolean }> {
    const rows: { revoked: boolean }[] = await this.unitOfWork.manager.query(
      `INSERT INTO api_keys (tenant_id, name, prefix, hash, scopes, created_at)
       VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (hash) DO UPDATE SET scopes = excluded.scopes
       RETURNING revoked_at IS NOT NULL AS revoked`,
      [key.tenantId, key.name, key.prefix, key.hash, key.scopes, key.createdAt],
    );
    return { revoked: rows[0]?.revoked ?? false };
  }

  private get repository(): Repository<ApiKey> {
    return this.unitOfWork.repository(this.keys);
  }
}
