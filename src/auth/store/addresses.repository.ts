import { Injectable } from '@nestjs/common';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Changes the addresses of users, and whether they are verified. */
@Injectable()
export class AddressesRepository {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Marks the normalised address as verified. @returns false if the user has another address now */
  async confirm(userId: number, email: string, now: Date): Promise<boolean> {
    const [, confirmed]: [unknown, number] = await this.unitOfWork.manager.query(
      `UPDATE users SET email_verified_at = coalesce(email_verified_at, $4)
        WHERE tenant_id = $1 AND id = $2 AND normalised_email = $3`,
      [this.tenant.id, userId, email, now],
    );
    return confirmed > 0;
  }

  /**
   * Removes a normalised address from the user if the user has not verified it. The user gets a placeholder in its place; the
   * service does not find a user by a placeholder.
   * @param exceptId the user who keeps the address; null: no user
   */
  async removeUnverified(email: string, exceptId: number | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE users SET email = 'user-' || id || '@unverified.invalid', normalised_email = NULL
        WHERE tenant_id = $1 AND normalised_email = $2 AND email_verified_at IS NULL AND id IS DISTINCT FROM $3`,
      [this.tenant.id, email, exceptId],
    );
  }
}
