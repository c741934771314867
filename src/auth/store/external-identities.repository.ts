import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { type PreparedStatement, UnitOfWork } from '../../database/unit-of-work.js';
import type { TokenSubject } from '../model/token-subject.js';
import { ExternalIdentity } from './external-identity.entity.js';

/** An account at an OpenID Connect provider that is linked to a user. */
export interface ExternalIdentityRecord {
  readonly issuer: string;
  readonly subject: string;
  readonly userId: number;
  readonly createdAt: Date;
}

/** The user of an account, and the state of the user's address. */
export interface LinkedUser extends TokenSubject {
  readonly normalisedEmail: string | null;
  readonly isVerified: boolean;
}

/** The user with an address. */
export interface AddressHolder {
  readonly userId: number;
  readonly email: string;
  readonly isVerified: boolean;
  /** Whether the user has a password or an account at a provider. */
  readonly isProtected: boolean;
  /** Whether the user has an account at the issuer in question. */
  readonly isLinked: boolean;
}

/** Runs for each request with an identity token, so it is prepared. */
const LINKED_USER: PreparedStatement = {
  name: 'linked-user',
  text: `SELECT u.tenant_id AS "tenantId", u.id AS "userId", u.generation, u.normalised_email AS "normalisedEmail",
                u.email_verified_at IS NOT NULL AS "isVerified"
           FROM external_identities i JOIN users u ON u.tenant_id = i.tenant_id AND u.id = i.user_id
          WHERE i.tenant_id = $1 AND i.issuer = $2 AND i.subject = $3`,
};

@Injectable()
export class ExternalIdentitiesRepository {
  constructor(
    @InjectRepository(ExternalIdentity) private readonly identities: Repository<ExternalIdentity>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  async userOf(issuer: string, subject: string): Promise<LinkedUser | null> {
    const [user] = await this.unitOfWork.prepared<LinkedUser>(LINKED_USER, [this.tenant.id, issuer, subject]);
    return user ?? null;
  }

  /** The person with the normalised address; locks the user until the transaction ends. */
  async lockHolder(email: string, issuer: string): Promise<AddressHolder | null> {
    const holders: Pick<AddressHolder, 'userId'>[] = await this.repository.query(
      `SELECT id AS "userId" FROM users
        WHERE tenant_id = $1 AND normalised_email = $2 AND kind = 'person' FOR NO KEY UPDATE`,
      [this.tenant.id, email],
    );
    if (holders[0] === undefined) return null;
    // The second statement reads after the lock: another request may have linked the user before it.
    const rows: AddressHolder[] = await this.repository.query(
      `SELECT id AS "userId", email, email_verified_at IS NOT NULL AS "isVerified",
              protected AS "isProtected",
              EXISTS (SELECT FROM external_identities i
                       WHERE i.tenant_id = u.tenant_id AND i.user_id = u.id AND i.issuer = $3) AS "isLinked"
         FROM users u WHERE u.tenant_id = $1 AND u.id = $2`,
      [this.tenant.id, holders[0].userId, issuer],
    );
    return rows[0] ?? null;
  }

  /** @returns false if the account is linked to a user already */
  async add(identity: ExternalIdentityRecord): Promise<boolean> {
    const { issuer, subject, userId, createdAt } = identity;
    const rows: unknown[] = await this.repository.query(
      `INSERT INTO external_identities (tenant_id, issuer, subject, user_id, created_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING true`,
      [this.tenant.id, issuer, subject, userId, createdAt],
    );
    return rows.length > 0;
  }

  async removeOthersOf(userId: number, issuer: string): Promise<void> {
    await this.repository.query(
      'DELETE FROM external_identities WHERE tenant_id = $1 AND user_id = $2 AND issuer <> $3',
      [this.tenant.id, userId, issuer],
    );
  }

  async removeAllOf(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  /** Ensures that only the user's own token may act for the user. */
  async protect(userId: number): Promise<void> {
    await this.repository.query('UPDATE users SET protected = true WHERE tenant_id = $1 AND id = $2', [
      this.tenant.id,
      userId,
    ]);
  }

  /**
   * Removes the name, the password and the default reminders of a user whose address was not verified, and marks the
   * address as verified. One statement, so it writes columns that `users/` owns.
   */
  async reset(userId: number, name: string, now: Date): Promise<void> {
    await this.repository.query(
      `UPDATE users SET name = $3, password_hash = NULL, protected = true, default_reminders = '[]',
                        email_verified_at = $4, updated_at = $4
        WHERE tenant_id = $1 AND id = $2`,
      [this.tenant.id, userId, name, now],
    );
  }

  private get repository(): Repository<ExternalIdentity> {
    return this.unitOfWork.repository(this.identities);
  }
}
