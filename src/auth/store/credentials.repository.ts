import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { TokenSubject } from '../model/token-subject.js';
import { TENANT_IS_PRESENT } from './present-tenant.js';

/** A user, and the hash of the user's password; null: the user has no password. */
export interface StoredCredential extends Omit<TokenSubject, 'tenantId'> {
  readonly passwordHash: string | null;
}

/** A room never signs in. */
const CREDENTIAL = `
  SELECT id AS "userId", generation, password_hash AS "passwordHash" FROM users
   WHERE tenant_id = $1 AND kind = 'person' AND deleted_at IS NULL AND ${TENANT_IS_PRESENT}`;

@Injectable()
export class CredentialsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async ofEmail(email: string): Promise<StoredCredential | null> {
    return this.one(`${CREDENTIAL} AND normalised_email = $2`, normalisedEmail(email));
  }

  async ofUser(userId: number): Promise<StoredCredential | null> {
    return this.one(`${CREDENTIAL} AND id = $2`, userId);
  }

  /**
   * Sets the user's password. From then on, only the user's own token may act for the user.
   * @param email only if the user has this normalised address; null: whatever address the user has
   * @returns whether the password is set
   */
  async setPassword(userId: number, hash: string, now: Date, email: string | null): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.unitOfWork.manager.query(
      `UPDATE users SET password_hash = $3, protected = true, updated_at = $4
        WHERE tenant_id = $1 AND id = $2 AND ($5::text IS NULL OR normalised_email = $5)`,
      [this.tenant.id, userId, hash, now, email],
    );
    return changed > 0;
  }

  private async one(sql: string, parameter: unknown): Promise<StoredCredential | null> {
    const rows: StoredCredential[] = await this.unitOfWork.manager.query(sql, [this.tenant.id, parameter]);
    return rows[0] ?? null;
  }
}
