import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';

/** Who holds which address, and who has proved it. */
@Injectable()
export class AddressesRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Records that the user proved to have the normalised address. @returns false if the user has another one now */
  async confirm(userId: number, email: string, now: Date): Promise<boolean> {
    const [, confirmed]: [unknown, number] = await this.unitOfWork.manager.query(
      `UPDATE users SET email_verified_at = coalesce(email_verified_at, $3)
        WHERE id = $1 AND normalised_email = $2`,
      [userId, email, now],
    );
    return confirmed > 0;
  }

  /**
   * Takes a normalised address that is not verified away from its holder. The holder keeps a text in its place that
   * is no address, and is not found by it.
   * @param exceptId the user whom it is taken away for; null: nobody yet
   */
  async removeUnverified(email: string, exceptId: number | null): Promise<void> {
    await this.unitOfWork.manager.query(
      `UPDATE users SET email = 'user-' || id || '@unverified.invalid', normalised_email = NULL
        WHERE normalised_email = $1 AND email_verified_at IS NULL AND id IS DISTINCT FROM $2`,
      [email, exceptId],
    );
  }
}
