import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { type PreparedStatement, UnitOfWork } from '../../database/unit-of-work.js';
import { TENANT_IS_PRESENT } from './present-tenant.js';

/** Runs for each request with an access token, so it is prepared. */
const GENERATION: PreparedStatement = {
  name: 'user-generation',
  text: `SELECT generation FROM users
          WHERE tenant_id = $1 AND id = $2 AND kind = 'person' AND deleted_at IS NULL AND ${TENANT_IS_PRESENT}`,
};

/** The generation of each user: the sessions and tokens of an earlier generation have ended. */
@Injectable()
export class GenerationsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Null if there is no such person, or if they are deleted. A room has no tokens. */
  async of(userId: number): Promise<number | null> {
    const [row] = await this.unitOfWork.prepared<{ generation: number }>(GENERATION, [
      this.tenant.id,
      userId,
    ]);
    return row?.generation ?? null;
  }

  /** The same; locks the user until the transaction ends. */
  async locked(userId: number): Promise<number | null> {
    const rows: { generation: number }[] = await this.unitOfWork.manager.query(
      `SELECT generation FROM users
        WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL AND ${TENANT_IS_PRESENT} FOR NO KEY UPDATE`,
      [this.tenant.id, userId],
    );
    return rows[0]?.generation ?? null;
  }

  async raise(userId: number): Promise<void> {
    await this.unitOfWork.manager.query(
      'UPDATE users SET generation = generation + 1 WHERE tenant_id = $1 AND id = $2',
      [this.tenant.id, userId],
    );
  }
}
