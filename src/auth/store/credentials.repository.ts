import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { DEFAULT_TENANT_ID } from '../../tenants/model/tenant.js';
import type { TokenSubject } from '../model/token-subject.js';

/** A user, and the hash of the user's password; null: the user has no password. */
export interface StoredCredential extends TokenSubject {
  readonly passwordHash: string | null;
}

const CREDENTIAL = 'SELECT id AS "userId", generation, password_hash AS "passwordHash" FROM users';

@Injectable()
export class CredentialsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async ofEmail(tenantId: number, email: string): Promise<StoredCredential | null> {
    if (tenantId !== DEFAULT_TENANT_ID) return null;
    return this.one(`${CREDENTIAL} WHERE normalised_email = $1`, normalisedEmail(email));
  }

  async ofUser(userId: number): Promise<StoredCredential | null> {
    return this.one(`${CREDENTIAL} WHERE id = $1`, userId);
  }

  /**
   * Sets the user's password. From then on, only the user's own token may act for the user.
   * @param email only if the user has this normalised address; null: whatever address the user has
   * @returns whether the password is set
   */
  async setPassword(userId: number, hash: string, now: Date, email: string | null): Promise<boolean> {
    const [, changed]: [unknown, number] = await this.unitOfWork.manager.query(
      `UPDATE users SET password_hash = $2, protected = true, updated_at = $3
        WHERE id = $1 AND ($4::text IS NULL OR normalised_email = $4)`,
      [userId, hash, now, email],
    );
    return changed > 0;
  }

  private async one(sql: string, parameter: unknown): Promise<StoredCredential | null> {
    const rows: StoredCredential[] = await this.unitOfWork.manager.query(sql, [parameter]);
    return rows[0] ?? null;
  }
}
