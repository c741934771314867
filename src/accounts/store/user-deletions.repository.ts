import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { UserDeletionRecord } from '../model/user-deletion.js';

const COLUMNS = `tenant_id AS "tenantId", user_id AS "userId", deleted_at AS "deletedAt",
  transfer_to AS "transferTo", swept`;

/** Keeps the deletions of users until all their work is done. */
@Injectable()
export class UserDeletionsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async add({
    userId,
    deletedAt,
    transferTo,
  }: Omit<UserDeletionRecord, 'tenantId' | 'swept'>): Promise<void> {
    await this.unitOfWork.manager.query(
      'INSERT INTO user_deletions (tenant_id, user_id, deleted_at, transfer_to) VALUES ($1, $2, $3, $4)',
      [this.tenant.id, userId, deletedAt, transferTo],
    );
  }

  /**
   * The deletions of all tenants that have work to do now: those that are not swept, and those of `cutOff` or earlier.
   * @param after the deletion before the first one; null: none
   */
  async due(
    cutOff: Date,
    after: Pick<UserDeletionRecord, 'tenantId' | 'userId'> | null,
    limit: number,
  ): Promise<UserDeletionRecord[]> {
    return this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM user_deletions -- all tenants
        WHERE (NOT swept OR deleted_at <= $1) AND (tenant_id, user_id) > ($2, $3)
        ORDER BY tenant_id, user_id LIMIT $4`,
      [cutOff, after?.tenantId ?? 0, after?.userId ?? 0, limit],
    );
  }

  /** The oldest deletion after `cutOff`, of all tenants; null: there is none. */
  async firstAfter(cutOff: Date): Promise<Date | null> {
    const [row]: { first: Date | null }[] = await this.unitOfWork.manager.query(
      `SELECT min(deleted_at) AS first FROM user_deletions -- all tenants
        WHERE deleted_at > $1`,
      [cutOff],
    );
    return row?.first ?? null;
  }

  /** Locks the deletion until the transaction ends. Null if all work is done, or another instance has the lock. */
  async lock(userId: number): Promise<UserDeletionRecord | null> {
    const rows: UserDeletionRecord[] = await this.unitOfWork.manager.query(
      `SELECT ${COLUMNS} FROM user_deletions WHERE tenant_id = $1 AND user_id = $2 FOR UPDATE SKIP LOCKED`,
      [this.tenant.id, userId],
    );
    return rows[0] ?? null;
  }

  async markSwept(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE user_deletions SET swept = true WHERE tenant_id = $1 AND user_id = $2',
      [this.tenant.id, userId],
    );
  }

  async remove(userId: number): Promise<void> {
    await this.unitOfWork.manager.query('DELETE FROM user_deletions WHERE tenant_id = $1 AND user_id = $2', [
      this.tenant.id,
      userId,
    ]);
  }
}
