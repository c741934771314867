import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { MailedToken, type MailedTokenPurpose } from './mailed-token.entity.js';

@Injectable()
export class MailedTokensRepository {
  constructor(
    @InjectRepository(MailedToken) private readonly tokens: Repository<MailedToken>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Keeps the token in place of an earlier one of the same purpose. */
  async keep(token: Omit<MailedToken, 'user'>): Promise<void> {
    await this.repository.upsert(token, ['userId', 'purpose']);
  }

  /** Uses the token up. @returns null where the user has no such token */
  async take(userId: number, purpose: MailedTokenPurpose, hash: string): Promise<MailedToken | null> {
    const token = await this.repository.findOne({
      where: { userId, purpose, hash },
      lock: { mode: 'pessimistic_write' },
    });
    if (token) await this.repository.delete({ userId, purpose });
    return token;
  }

  /** Removes the oldest of the tokens that ran out, `limit` at most. @returns how many */
  async removeExpired(now: Date, limit: number): Promise<number> {
    const [, removed]: [unknown, number] = await this.repository.query(
      `DELETE FROM mailed_tokens WHERE (user_id, purpose) IN (
         SELECT user_id, purpose FROM mailed_tokens WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2
            FOR UPDATE SKIP LOCKED)`,
      [now, limit],
    );
    return removed;
  }

  private get repository(): Repository<MailedToken> {
    return this.unitOfWork.repository(this.tokens);
  }
}
