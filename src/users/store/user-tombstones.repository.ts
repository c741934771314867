import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { UserRecord } from '../model/user-record.js';

/** Puts tombstones in the place of deleted users. */
@Injectable()
export class UserTombstonesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Locks a user who is not deleted. Waits for all transactions that insert rows that refer to the user, and makes later
   * ones wait. Null if there is no such user.
   */
  async lock(id: number): Promise<Pick<UserRecord, 'id' | 'protected' | 'generation'> | null> {
    const rows: Pick<UserRecord, 'id' | 'protected' | 'generation'>[] = await this.query(
      `SELECT id, protected, generation FROM users
        WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NULL FOR UPDATE`,
      id,
    );
    return rows[0] ?? null;
  }

  /** Removes all values of the user, so that the address and the external id are free again. */
  async bury(id: number, name: string, deletedAt: Date): Promise<void> {
    // A trigger for the version before sets the normalised address, unless a statement changes both.
    await this.query(
      `UPDATE users SET normalised_email = 'deleted-' || id WHERE tenant_id = $1 AND id = $2`,
      id,
    );
    await this.query(
      `UPDATE users
          SET name = $3, email = 'deleted-' || id || '@deleted.invalid', normalised_email = NULL,
              email_verified_at = NULL, password_hash = NULL, protected = true, time_zone = DEFAULT,
              working_hours = NULL, availability_overrides = DEFAULT, away = DEFAULT, default_reminders = DEFAULT,
              double_booking = DEFAULT, invitations = DEFAULT, external_id = NULL, metadata = DEFAULT, deleted_at = $4, updated_at = $4
        WHERE tenant_id = $1 AND id = $2`,
      id,
      name,
      deletedAt,
    );
  }

  /** Locks the tombstone. Rows that refer to the user cannot be inserted until the transaction ends. */
  async lockTombstone(id: number): Promise<void> {
    await this.query(
      'SELECT FROM users WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL FOR UPDATE',
      id,
    );
  }

  /** Removes the tombstone. No row of another table may refer to it. */
  async remove(id: number): Promise<void> {
    await this.query('DELETE FROM users WHERE tenant_id = $1 AND id = $2 AND deleted_at IS NOT NULL', id);
  }

  private async query<Rows>(sql: string, ...values: readonly unknown[]): Promise<Rows> {
    return this.unitOfWork.manager.query(sql, [this.tenant.id, ...values]);
  }
}
