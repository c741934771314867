import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { MailedTokenPurpose, MailedTokenRecord } from '../model/mailed-token.js';
import { MailedToken } from './mailed-token.entity.js';

@Injectable()
export class MailedTokensRepository {
  constructor(
    @InjectRepository(MailedToken) private readonly tokens: Repository<MailedToken>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Stores the token in place of an earlier token of the same purpose. */
  async replace(token: MailedTokenRecord): Promise<void> {
    await this.repository.upsert({ ...token, tenantId: this.tenant.id }, ['tenantId', 'userId', 'purpose']);
  }

  /** Removes the token and returns it. @returns null if the user has no such token */
  async take(userId: number, purpose: MailedTokenPurpose, hash: string): Promise<MailedTokenRecord | null> {
    const token = await this.repository.findOne({
      where: { tenantId: this.tenant.id, userId, purpose, hash },
      lock: { mode: 'pessimistic_write' },
    });
    if (token) await this.repository.delete({ tenantId: this.tenant.id, userId, purpose });
    return token;
  }

  async removeAllOf(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  /** Removes the oldest of the expired tokens of all tenants, at most `limit`. @returns their number */
  async removeExpired(now: Date, limit: number): Promise<number> {
    const [, removed]: [unknown, number] = await this.repository.query(
      `DELETE FROM mailed_tokens WHERE (tenant_id, user_id, purpose) IN (
         SELECT tenant_id, user_id, purpose FROM mailed_tokens WHERE expires_at <= $1 -- all tenants
          ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED)`,
      [now, limit],
    );
    return removed;
  }

  private get repository(): Repository<MailedToken> {
    return this.unitOfWork.repository(this.tokens);
  }
}
