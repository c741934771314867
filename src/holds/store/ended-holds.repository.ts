import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Removes the rows of holds of all tenants that take no time any more. */
@Injectable()
export class EndedHoldsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Removes the members of expired holds, at most `limit`. @returns their number */
  async removeMembers(limit: number): Promise<number> {
    return this.removed(
      `DELETE FROM hold_members WHERE (tenant_id, user_id, hold_id) IN (
         SELECT tenant_id, user_id, hold_id FROM hold_members WHERE expires_at <= now() -- all tenants
          ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [limit],
    );
  }

  /** Removes the holds that expired some days ago, at most `limit`. @returns their number */
  async removeHolds(days: number, limit: number): Promise<number> {
    return this.removed(
      `DELETE FROM holds WHERE (tenant_id, id) IN (
         SELECT tenant_id, id FROM holds WHERE expires_at <= now() - make_interval(days => $2) -- all tenants
          ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)`,
      [limit, days],
    );
  }

  private async removed(sql: string, values: readonly unknown[]): Promise<number> {
    const [, removed]: [unknown, number] = await this.unitOfWork.manager.query(sql, [...values]);
    return removed;
  }
}
