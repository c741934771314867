import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { IsNull, LessThan, Repository } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
import { RefreshToken } from './refresh-token.entity.js';

@Injectable()
export class RefreshTokensRepository {
  constructor(
    @InjectRepository(RefreshToken) private readonly tokens: Repository<RefreshToken>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async add(token: Omit<RefreshToken, 'user' | 'usedAt' | 'revokedAt'>): Promise<void> {
    await this.repository.insert(token);
  }

  /** The token of this hash, which nobody else can use until the transaction ends. */
  async locked(hash: string): Promise<RefreshToken | null> {
    return this.repository.findOne({ where: { hash }, lock: { mode: 'pessimistic_write' } });
  }

  async markUsed(hash: string, usedAt: Date): Promise<void> {
    await this.repository.update({ hash }, { usedAt });
  }

  async revokeFamily(family: string, revokedAt: Date): Promise<void> {
    await this.repository.update({ family, revokedAt: IsNull() }, { revokedAt });
  }

  async revokeAllOf(userId: number, revokedAt: Date): Promise<void> {
    await this.repository.update({ userId, revokedAt: IsNull() }, { revokedAt });
  }

  async removeExpired(userId: number, now: Date): Promise<void> {
    await this.repository.delete({ userId, expiresAt: LessThan(now) });
  }

  private get repository(): Repository<RefreshToken> {
    return this.unitOfWork.repository(this.tokens);
  }
}
