import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { In, QueryFailedError, Repository } from 'typeorm';
import { UnitOfWork } from '../database/unit-of-work.js';
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
    return this.repository
      .createQueryBuilder('user')
      .where('lower(user.email) = lower(:email)', { email })
      .getOne();
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

  /** @returns null when the address belongs to another user */
  async save(user: Partial<User>): Promise<User | null> {
    try {
      const { id } = await this.repository.save(this.repository.create(user));
      return await this.withId(id);
    } catch (error) {
      if (violates(error, 'users_email_key')) return null;
      throw error;
    }
  }

  private get repository(): Repository<User> {
    return this.unitOfWork.repository(this.users);
  }
}

function violates(error: unknown, constraint: string): boolean {
  return (
    error instanceof QueryFailedError &&
    (error.driverError as { constraint?: string }).constraint === constraint
  );
}
