import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, QueryFailedError, Repository } from 'typeorm';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { normalisedEmail } from '../../platform/mail/email-address.js';
import { User } from './user.entity.js';

@Injectable()
export class UsersRepository {
  constructor(
    @InjectRepository(User) private readonly users: Repository<User>,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async withId(id: number): Promise<User | null> {
    return this.repository.findOneBy({ id });
  }

  async withIds(ids: readonly number[]): Promise<User[]> {
    return this.repository.findBy({ id: In([...ids]) });
  }

  async withEmail(email: string): Promise<User | null> {
    const normalised = normalisedEmail(email);
    return normalised === null ? null : this.repository.findOneBy({ normalisedEmail: normalised });
  }

  /**
   * Locks the rows in the order of their ids, so that no two transactions that lock several wait for each other.
   * The lock is one that foreign keys pointing here do not wait for.
   */
  async lockInOrder(ids: readonly number[]): Promise<Pick<User, 'id' | 'doubleBooking'>[]> {
    return this.repository.query(
      `SELECT id, double_booking AS "doubleBooking" FROM users WHERE id = ANY ($1)
        ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
  }

  /** Of the users of these ids, locks those who allow no double booking, in the same order. */
  async lockRejecting(ids: readonly number[]): Promise<Pick<User, 'id'>[]> {
    return this.repository.query(
      `SELECT id FROM users WHERE id = ANY ($1) AND double_booking = 'reject'
        ORDER BY id FOR NO KEY UPDATE`,
      [ids],
    );
  }

  /** What decides who may act for the user, as it stays until the transaction ends; null where there is no such user. */
  async locked(id: number): Promise<Pick<User, 'id' | 'protected' | 'generation'> | null> {
    const rows: Pick<User, 'id' | 'protected' | 'generation'>[] = await this.repository.query(
      'SELECT id, protected, generation FROM users WHERE id = $1 FOR NO KEY UPDATE',
      [id],
    );
    return rows[0] ?? null;
  }

  /** Users whose address the version before wrote, with a domain that SQL could not convert to ASCII. */
  async withUnicodeDomain(limit: number): Promise<Pick<User, 'id' | 'email'>[]> {
    return this.repository.query(
      `SELECT id, email FROM users
        WHERE char_length(substring(normalised_email FROM '[^@]*$'))
           <> octet_length(substring(normalised_email FROM '[^@]*$'))
        ORDER BY id LIMIT $1`,
      [limit],
    );
  }

  /** Normalises such an address, unless the user has another one by now. The user loses it to a user who has it. */
  async convertDomain(id: number, email: string): Promise<void> {
    const convert = async (normalised: string | null) =>
      this.repository.query('UPDATE users SET normalised_email = $3 WHERE id = $1 AND email = $2', [
        id,
        email,
        normalised,
      ]);
    try {
      await convert(normalisedEmail(email));
    } catch (error) {
      if (!violates(error, 'users_email_key')) throw error;
      await convert(null);
    }
  }

  /** @returns null when the address belongs to another user */
  async save(user: Partial<User>): Promise<User | null> {
    try {
      const { id } = await this.repository.save(this.repository.create(withNormalisedEmail(user)));
      if (user.email !== undefined) await this.keepAddress(id, user.email, user.emailVerifiedAt ?? null);
      return await this.withId(id);
    } catch (error) {
      if (violates(error, 'users_email_key')) return null;
      throw error;
    }
  }

  /** The trigger on the table takes a respelled international domain for a new address, of the version before. */
  private async keepAddress(id: number, email: string, verifiedAt: Date | null): Promise<void> {
    await this.repository.query(
      `UPDATE users SET normalised_email = $2, email_verified_at = $3
        WHERE id = $1 AND (normalised_email, email_verified_at) IS DISTINCT FROM ($2, $3)`,
      [id, normalisedEmail(email), verifiedAt],
    );
  }

  private get repository(): Repository<User> {
    return this.unitOfWork.repository(this.users);
  }
}

function withNormalisedEmail(user: Partial<User>): Partial<User> {
  return user.email === undefined ? user : { ...user, normalisedEmail: normalisedEmail(user.email) };
}

function violates(error: unknown, constraint: string): boolean {
  return (
    error instanceof QueryFailedError &&
    (error.driverError as { constraint?: string }).constraint === constraint
  );
}
