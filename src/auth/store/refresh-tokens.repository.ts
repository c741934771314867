import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { RefreshTokenRecord } from '../model/refresh-token.js';
import { RefreshToken } from './refresh-token.entity.js';

@Injectable()
export class RefreshTokensRepository {
  constructor(
    @InjectRepository(RefreshToken) private readonly tokens: Repository<RefreshToken>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async add(token: Omit<RefreshTokenRecord, 'usedAt' | 'revokedAt'>): Promise<void> {
    await this.repository.insert({ ...token, tenantId: this.tenant.id });
  }

  async userOf(hash: string): Promise<number | null> {
    const token = await this.repository.findOne({
      where: { tenantId: this.tenant.id, hash },
      select: { tenantId: true, hash: true, userId: true },
    });
    return token?.userId ?? null;
  }

  /** Reads the token and locks it until the transaction ends. */
  async locked(hash: string): Promise<RefreshTokenRecord | null> {
    return this.repository.findOne({
      where: { tenantId: this.tenant.id, hash },
      lock: { mode: 'pessimistic_write' },
    });
  }

  async markUsed(hash: string, usedAt: Date): Promise<void> {
    await this.repository.update({ tenantId: this.tenant.id, hash }, { usedAt });
  }

  /** Locks the tokens of the family until the transaction ends. Waits for transactions that exchange one of them. */
  async lockFamily(family: string): Promise<void> {
    await this.repository.query(
      'SELECT FROM refresh_tokens WHERE tenant_id = $1 AND family = $2 ORDER BY hash FOR UPDATE',
      [this.tenant.id, family],
    );
  }

  async removeFamily(family: string): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, family });
  }

  async removeAllOf(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  /** Removes the oldest of the expired tokens of all tenants, at most `limit`. @returns their number */
  async removeExpired(now: Date, limit: number): Promise<number> {
    const [, removed]: [unknown, number] = await this.repository.query(
      `DELETE FROM refresh_tokens WHERE (tenant_id, hash) IN (
         SELECT tenant_id, hash FROM refresh_tokens WHERE expires_at <= $1 -- all tenants
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [now, limit],
    );
    return removed;
  }

  private get repository(): Repository<RefreshToken> {
    return this.unitOfWork.repository(this.tokens);
  }
}
