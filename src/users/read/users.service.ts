import { Injectable } from '@nestjs/common';
import type { Actor, Proof } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { CredentialsService } from '../../auth/login/credentials.service.js';
import { Passwords } from '../../auth/secrets/passwords.js';
import { SessionsService } from '../../auth/sessions/sessions.service.js';
import { EmailVerificationService } from '../../auth/verification/email-verification.service.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { type AddressChange, addressChangeOf } from '../model/address-change.js';
import { allFound } from '../model/calendar-owner.js';
import { mayChangeUser, type UserView, userSeenBy } from '../model/user.policy.js';
import { keptTimeZone, keptWorkingHours } from '../model/user-time.js';
import { hasVerifiedAddress } from '../model/verified-address.js';
import type { CreateUserDto } from '../rest/create-user.dto.js';
import type { UpdateUserDto } from '../rest/update-user.dto.js';
import type { User } from '../store/user.entity.js';
import { UsersRepository } from '../store/users.repository.js';
import { ReminderRules } from '../write/reminder-rules.js';
import { DirectoryService } from './directory.service.js';

const ONLY_THE_USER = 'Only the user may change themself.';

@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly currentActor: CurrentActor,
    private readonly directory: DirectoryService,
    private readonly passwords: Passwords,
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly emailVerification: EmailVerificationService,
    private readonly reminderRules: ReminderRules,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** @throws {DomainError} forbidden `sign_up_closed`; conflict `email_taken` */
  async create(input: CreateUserDto): Promise<UserView> {
    if (this.configuration.signUp === 'closed') {
      throw new DomainError('forbidden', 'sign_up_closed', 'This server does not let people sign up.');
    }
    const changes = { ...(await this.changesOf(input)), email: input.email, emailVerifiedAt: null };
    if (input.password === undefined) return this.ownView(await this.save(changes, input.email));
    const passwordHash = await this.passwords.hash(input.password);
    return this.ownView(await this.save({ ...changes, passwordHash, protected: true }, input.email));
  }

  /**
   * Changes a user. A new password ends every session and token of the user. A new address is not verified, unless the
   * caller's identity token confirms it: such an address is taken away from a user who has not verified it.
   * @throws {DomainError} not-found; forbidden; conflict `email_taken` @throws {UnauthenticatedError}
   */
  async update(id: number, input: UpdateUserDto): Promise<UserView> {
    const user = await this.getVisible(id);
    const actor = this.currentActor.get();
    enforce(mayChangeUser(actor, user), ONLY_THE_USER);
    const proof = proofOf(actor);
    const changes = await this.changesOf(input);
    const address = addressChangeOf(user, input.email, proof, this.clock.now());
    const password = await this.passwordOf(user, proof, input, address);
    const changed = await this.unitOfWork.run(async () => {
      await this.mayStillChange(user, actor);
      if (password.passwordHash !== undefined) await this.sessions.endAll(id);
      if (address.takesAway !== null) await this.emailVerification.takeAway(address.takesAway, id);
      const saved = await this.save({ id, ...changes, ...address.changes, ...password }, input.email);
      if (changes.defaultReminders) this.feed.defaultRemindersChanged(id);
      return saved;
    });
    return this.ownView(changed);
  }

  /**
   * Verifies the user's address by the token that was mailed to it; without a token, mails one.
   * @param clientAddress the network address that the request comes from
   * @returns null where a token was mailed
   * @throws {DomainError} not-found; forbidden; invalid `invalid_mailed_token`; conflict `email_not_configured`, `email_taken`
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async verifyEmail(id: number, token: string | undefined, clientAddress: string): Promise<UserView | null> {
    const user = await this.getVisible(id);
    enforce(mayChangeUser(this.currentActor.get(), user), ONLY_THE_USER);
    if (token === undefined) {
      const { generation, email, normalisedEmail } = user;
      await this.emailVerification.mail({ userId: id, generation, email, normalisedEmail, clientAddress });
      return null;
    }
    await this.emailVerification.verify(id, token);
    return this.ownView(await this.get(id));
  }

  /**
   * What the current actor sees of the user.
   * @throws {DomainError} not-found `user_not_found`
   */
  async see(id: number): Promise<UserView> {
    return this.view(await this.getVisible(id));
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
    return [this.view(user)];
  }

  private view(user: User): UserView {
    return userSeenBy(this.currentActor.get(), user, this.configuration.authMode);
  }

  private ownView(user: User): UserView {
    return { user, own: true, emailVerified: hasVerifiedAddress(user, this.configuration.authMode) };
  }

  /**
   * Locks the user, and refuses a caller whose right to act for the user ended since it was checked: by a new
   * password, by a link to an identity, or, for a call without a token, by the first of both.
   * @throws {UnauthenticatedError}
   */
  private async mayStillChange(user: User, actor: Actor): Promise<void> {
    const now = await this.users.locked(user.id);
    if (!now) throw notFound('user', user.id);
    enforce(mayChangeUser(actor, now), ONLY_THE_USER);
    const generation = proofOf(actor)?.generation ?? user.generation;
    if (now.generation !== generation || now.generation !== user.generation) throw new InvalidToken();
  }

  private async save(user: Partial<User>, email?: string): Promise<User> {
    const saved = await this.users.save(user);
    if (saved) return saved;
    const message = 'belongs to another user';
    throw new DomainError('conflict', 'email_taken', `${email} ${message}.`, [{ field: 'email', message }]);
  }

  private async passwordOf(
    { id }: User,
    proof: Proof | null,
    input: UpdateUserDto,
    address: AddressChange,
  ): Promise<Partial<User>> {
    if (input.password === undefined) {
      if (address.isNew) await this.credentials.mayChangeAddress(id, proof, input.current_password);
      return {};
    }
    // Who may set the password may change the address too.
    await this.credentials.maySetPassword(id, proof, input.current_password);
    return { passwordHash: await this.passwords.hash(input.password), protected: true };
  }

  /** Asked before the transaction, since the host of a webhook may have to be looked up. */
  private async changesOf(input: UpdateUserDto): Promise<Partial<User>> {
    return {
      ...(input.name !== undefined && { name: input.name }),
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

/** Null for a call without a token. */
function proofOf(actor: Actor): Proof | null {
  if (actor.kind === 'anonymous') return null;
  if (!actor.proof) throw new Error('The guard has let a user through without a proof.');
  return actor.proof;
}
