import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { MailedTokenPurpose } from '../model/mailed-token.js';
import type { ResetTokenOwner } from '../secrets/reset-token.js';

/** A mail with a token that resets a password, which is due. The token does not exist yet. */
export interface DueResetMail extends ResetTokenOwner {
  /** The address as the user entered it. */
  readonly address: string;
  /** Whether the user still has the address and the generation of the request. */
  readonly isCurrent: boolean;
}

const PURPOSE: MailedTokenPurpose = 'reset_password';

const DUE = `mail_due_at <= $1 AND expires_at > $1`;

/**
 * The mails with tokens that reset passwords. Each is a row of the mailed tokens, so it is as durable as the response to
 * its request. The row has no hash until an instance makes the token and mails it.
 */
@Injectable()
export class ResetMailsRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /**
   * Records a mail to the user who has this normalised address and a password, in place of an earlier mail or token. The
   * statement is the same whether or not there is such a user.
   */
  async request(email: string | null, now: Date, expiresAt: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `INSERT INTO mailed_tokens (tenant_id, user_id, purpose, hash, email, generation, expires_at, mail_due_at)
       SELECT tenant_id, id, '${PURPOSE}', '', normalised_email, generation, $4, $3
         FROM users WHERE tenant_id = $1 AND normalised_email = $2 AND password_hash IS NOT NULL
       ON CONFLICT (tenant_id, user_id, purpose) DO UPDATE SET
         hash = excluded.hash, email = excluded.email, generation = excluded.generation,
         expires_at = excluded.expires_at, mail_due_at = excluded.mail_due_at`,
      [this.tenant.id, email, now, expiresAt],
    );
  }

  /** The mail of all tenants that has been due for the longest time. Locks it until the transaction ends, and passes those that are locked. */
  async lockDue(now: Date): Promise<DueResetMail | null> {
    const rows: DueResetMail[] = await this.unitOfWork.manager.query(
      `SELECT t.tenant_id AS "tenantId", t.user_id AS "userId", u.email AS address,
              u.generation = t.generation AND u.normalised_email IS NOT DISTINCT FROM t.email AS "isCurrent"
         FROM mailed_tokens t JOIN users u ON u.tenant_id = t.tenant_id AND u.id = t.user_id
        WHERE t.purpose = '${PURPOSE}' AND ${DUE}
        ORDER BY t.mail_due_at LIMIT 1 FOR UPDATE OF t SKIP LOCKED`,
      [now],
    );
    return rows[0] ?? null;
  }

  /** Sets the token that the mail has. The mail is due again at `retryAt`, unless it is sent before. */
  async setToken({ tenantId, userId }: ResetTokenOwner, hash: string, retryAt: Date): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE mailed_tokens SET hash = $3, mail_due_at = $4
        WHERE tenant_id = $1 AND user_id = $2 AND purpose = '${PURPOSE}'`,
      [tenantId, userId, hash, retryAt],
    );
  }

  /** Records that the mail with this token was sent, unless a newer request has replaced it. */
  async sent({ tenantId, userId }: ResetTokenOwner, hash: string): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE mailed_tokens SET mail_due_at = NULL
        WHERE tenant_id = $1 AND user_id = $2 AND purpose = '${PURPOSE}' AND hash = $3`,
      [tenantId, userId, hash],
    );
  }

  async remove({ tenantId, userId }: ResetTokenOwner): Promise<void> {
    await this.unitOfWork.manager.query(
      `DELETE FROM mailed_tokens WHERE tenant_id = $1 AND user_id = $2 AND purpose = '${PURPOSE}'`,
      [tenantId, userId],
    );
  }

  /** When the next mail of any tenant is due; null: none is. */
  async nextDueAt(now: Date): Promise<Date | null> {
    const rows: { next: Date | null }[] = await this.unitOfWork.manager.query(
      `SELECT min(mail_due_at) AS next FROM mailed_tokens WHERE purpose = '${PURPOSE}' AND expires_at > $1`,
      [now],
    );
    return rows[0]?.next ?? null;
  }
}
