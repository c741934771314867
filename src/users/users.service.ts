import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../access/current-actor.js';
import { enforce } from '../access/decision.js';
import { CredentialsService } from '../auth/credentials.service.js';
import { Passwords } from '../auth/passwords.js';
import { SessionsService } from '../auth/sessions.service.js';
import { ChangeFeed } from '../common/changes/change-feed.js';
import { Configuration } from '../common/configuration.js';
import { DomainError, notFound } from '../common/domain-error.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { allFound } from './calendar-owner.js';
import { DirectoryService } from './directory.service.js';
import type { CreateUserDto } from './dto/create-user.dto.js';
import type { UpdateUserDto } from './dto/update-user.dto.js';
import { ReminderRules } from './reminder-rules.js';
import type { User } from './user.entity.js';
import { mayChangeUser, type UserView, userSeenBy } from './user.policy.js';
import { keptTimeZone, keptWorkingHours } from './user-time.js';
import { UsersRepository } from './users.repository.js';

@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly currentActor: CurrentActor,
    private readonly directory: DirectoryService,
    private readonly passwords: Passwords,
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly reminderRules: ReminderRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly configuration: Configuration,
  ) {}

  /** @throws {DomainError} forbidden `sign_up_closed`; conflict `email_taken` */
  async create(input: CreateUserDto): Promise<User> {
    if (this.configuration.signUp === 'closed') {
      throw new DomainError('forbidden', 'sign_up_closed', 'This server does not let people sign up.');
    }
    const changes = await this.changesOf(input);
    if (input.password === undefined) return this.save(changes, input.email);
    const passwordHash = await this.passwords.hash(input.password);
    return this.save({ ...changes, passwordHash, protected: true }, input.email);
  }

  /**
   * Changes a user; a new password logs them out everywhere.
   * @throws {DomainError} not-found; forbidden; conflict `email_taken` @throws {UnauthenticatedError}
   */
  async update(id: number, input: UpdateUserDto): Promise<User> {
    const user = await this.getVisible(id);
    enforce(mayChangeUser(this.currentActor.get(), user), 'Only the user may change themself.');
    const changes = await this.changesOf(input);
    const password = await this.passwordOf(user, input);
    return this.unitOfWork.run(async () => {
      if (password.passwordHash !== undefined) await this.sessions.endAll(id);
      const changed = await this.save({ id, ...changes, ...password }, input.email);
      if (changes.defaultReminders) this.feed.defaultRemindersChanged(id);
      return changed;
    });
  }

  /**
   * What the current actor sees of the user.
   * @throws {DomainError} not-found `user_not_found`
   */
  async see(id: number): Promise<UserView> {
    return userSeenBy(this.currentActor.get(), await this.getVisible(id));
  }

  /**
   * The user, if the current actor sees them.
   * @throws {DomainError} not-found `user_not_found`
   */
  async getVisible(id: number): Promise<User> {
    await this.directory.expectVisible(id);
    return this.get(id);
  }

  /**
   * The user, whoever asks: not for what leaves.
   * @throws {DomainError} not-found `user_not_found`
   */
  async get(id: number): Promise<User> {
    const user = await this.users.withId(id);
    if (!user) throw notFound('user', id);
    return user;
  }

  /**
   * The users of these ids, in their order.
   * @throws {DomainError} not-found, naming those who are not there, at `field`
   */
  async getAll(ids: readonly number[], field: string): Promise<User[]> {
    const byId = new Map((await this.users.withIds(ids)).map((user) => [user.id, user]));
    return allFound(ids, byId, field);
  }

  /**
   * Keeps every other booking of these users waiting until the transaction ends.
   * @returns the users whose time may not be taken twice
   */
  async lockForBooking(ids: readonly number[]): Promise<ReadonlySet<number>> {
    if (ids.length === 0) return new Set();
    const locked = await this.users.lockInOrder(ids);
    return new Set(locked.filter(({ doubleBooking }) => doubleBooking === 'reject').map(({ id }) => id));
  }

  /** The users among these who allow no double booking; keeps other bookings of them waiting as `lockForBooking` does. */
  async lockRejecting(ids: readonly number[]): Promise<ReadonlySet<number>> {
    return new Set((await this.users.lockRejecting(ids)).map(({ id }) => id));
  }

  async findByEmail(email: string): Promise<UserView[]> {
    const user = await this.users.withEmail(email);
    if (!user || !(await this.directory.visible([user.id])).has(user.id)) return [];
    return [userSeenBy(this.currentActor.get(), user)];
  }

  private async save(user: Partial<User>, email?: string): Promise<User> {
    const saved = await this.users.save(user);
    if (saved) return saved;
    const message = 'belongs to another user';
    throw new DomainError('conflict', 'email_taken', `${email} ${message}.`, [{ field: 'email', message }]);
  }

  private async passwordOf(user: User, input: UpdateUserDto): Promise<Partial<User>> {
    if (input.password === undefined) return {};
    const passwordHash = await this.credentials.hashOfNext(user, input.password, input.current_password);
    return { passwordHash, protected: true };
  }

  /** Asked before the transaction, since the host of a webhook may have to be looked up. */
  private async changesOf(input: UpdateUserDto): Promise<Partial<User>> {
    return {
      ...(input.name !== undefined && { name: input.name }),
      ...(input.email !== undefined && { email: input.email }),
      ...(input.time_zone !== undefined && { timeZone: keptTimeZone(input.time_zone) }),
      ...(input.double_booking !== undefined && { doubleBooking: input.double_booking }),
      ...(input.invitations !== undefined && { invitations: input.invitations }),
      ...(input.working_hours !== undefined && { workingHours: keptWorkingHours(input.working_hours) }),
      ...(input.default_reminders !== undefined && {
        defaultReminders: await this.reminderRules.kept('default_reminders', input.default_reminders),
      }),
    };
  }
}
