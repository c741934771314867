import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import type { TokenSubject } from '../model/token-subject.js';

/** A user, and the hash of the user's password; null: the user has no password. */
export interface StoredCredential extends Omit<TokenSubject, 'tenantId'> {
  readonly passwordHash: string | null;
}

const CREDENTIAL = 'SELECT id AS "userId", generation, password_hash AS "passwordHash" FROM users';

@Injectable()
export class CredentialsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async ofEmail(email: string): Promise<StoredCredential | null> {
    return this.one(`${CREDENTIAL} WHERE normalised_email = $1`, normalisedEmail(email));
  }

  async ofUser(userId: number): Promise<StoredCredential | null> {
    return this.one(`${CREDENTIAL} WHERE id = $1`, userId);
  }

  private async one(sql: string, parameter: unknown): Promise<StoredCredential | null> {
    const rows: StoredCredential[] = await this.unitOfWork.manager.query(sql, [parameter]);
    return rows[0] ?? null;
  }
}
