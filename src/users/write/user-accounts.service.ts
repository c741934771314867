import { Injectable } from '@nestjs/common';
import { type Actor, type Authentication, authenticationOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, type Subject } from '../../access/decision.js';
import { refuseDelegated, refuseExternalIdOfPerson } from '../../access/key-access.js';
import { CredentialsService } from '../../auth/login/credentials.service.js';
import { Passwords } from '../../auth/secrets/passwords.js';
import { SessionsService } from '../../auth/sessions/sessions.service.js';
import { EmailVerificationService } from '../../auth/verification/email-verification.service.js';
import { ChangeFeed } from '../../changes/change-feed.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, notFound, refuseFaults } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import {
  type MetadataPatch,
  mergedMetadata,
  metadataWithin,
  newMetadata,
} from '../../platform/values/metadata.js';
import { productDataFaults } from '../../platform/values/product-data.js';
import { type AddressChange, addressChangeOf, emailTaken } from '../model/address-change.js';
import { validAway, validOverrides } from '../model/availability/valid-availability.js';
import { expectPerson } from '../model/resources/resource-commands.js';
import { mayChangeUser, ownView, type UserView } from '../model/user.policy.js';
import type { NewUser, UserPatch } from '../model/user-commands.js';
import type { UserRecord } from '../model/user-record.js';
import { canonicalTimeZone, validWorkingHours } from '../model/user-time.js';
import { hasVerifiedAddress } from '../model/verified-address.js';
import { UsersService } from '../read/users.service.js';
import { type UserColumns, UsersRepository } from '../store/users.repository.js';
import { ReminderValidator } from './reminder-validator.js';

const ONLY_THE_USER = 'Only the user may change themself.';

/** Creates users, and changes them on their own behalf. */
@Injectable()
export class UserAccountsService {
  constructor(
    private readonly repository: UsersRepository,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
    private readonly passwords: Passwords,
    private readonly credentials: CredentialsService,
    private readonly sessions: SessionsService,
    private readonly emailVerification: EmailVerificationService,
    private readonly reminders: ReminderValidator,
    private readonly unitOfWork: UnitOfWork,
    private readonly feed: ChangeFeed,
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {DomainError} invalid; forbidden `sign_up_closed`, `key_required`; conflict `email_taken`, `external_id_taken`
   */
  async create(user: NewUser): Promise<UserView> {
    const actor = this.currentActor.get();
    if (user.password !== undefined) refuseDelegated(actor);
    refuseExternalIdOfPerson(actor, user.externalId ?? undefined, this.configuration.authMode);
    if (this.configuration.signUp === 'closed' && actor.kind !== 'key')
      throw new DomainError('forbidden', 'sign_up_closed', 'This server does not let people sign up.');
    const emailVerifiedAt = actor.kind === 'key' ? this.clock.now() : null;
    const metadata = metadataWithin(newMetadata(user.metadata));
    const columns = { ...(await this.columnsOf(user)), metadata, email: user.email, emailVerifiedAt };
    if (user.password === undefined) return this.ownView(await this.save(columns));
    const passwordHash = await this.passwords.hash(user.password);
    return this.ownView(await this.save({ ...columns, passwordHash, protected: true }));
  }

  /**
   * Changes a user. A new password ends every session and token of the user. A new address is not verified, unless the
   * caller's identity token confirms it: a user who has not verified the same address then loses it.
   * @throws {DomainError} invalid; not-found; forbidden; conflict `email_taken`, `external_id_taken`
   * @throws {UnauthenticatedError}
   */
  async update(id: number, patch: UserPatch): Promise<UserView> {
    const user = await this.users.getVisible(id);
    const actor = this.currentActor.get();
    enforce(mayChangeUser(actor, user), ONLY_THE_USER);
    expectPerson(user);
    refuseExternalIdOfPerson(actor, patch.externalId);
    const address = addressChangeOf(user, patch.email, actor, this.clock.now());
    if (patch.password !== undefined || address.columns.email !== undefined) refuseDelegated(actor);
    const columns = await this.columnsOf(patch);
    const password = await this.passwordColumnsOf(user, authenticationOf(actor), patch, address);
    const changed = await this.unitOfWork.run(async () => {
      const locked = await this.lockAndAuthorize(user, actor);
      if (password.passwordHash !== undefined) await this.sessions.endAll(id);
      if (address.confirmed !== null) await this.emailVerification.removeUnverified(address.confirmed, id);
      const metadata = await this.metadataOf(id, patch.metadata);
      const saved = await this.save({ id, ...columns, ...metadata, ...address.columns, ...password });
      if (columns.timeZone !== undefined) this.feed.timeZoneChanged(id);
      if (columns.defaultReminders) this.feed.defaultRemindersChanged(id);
      if (password.protected && !locked.protected) this.feed.accountProtected(id);
      return saved;
    });
    return this.ownView(changed);
  }

  /**
   * Mails a token to the user's address. Resolves when the mail server has accepted the mail.
   * @param clientAddress the network address that the request comes from
   * @throws {DomainError} not-found; forbidden; conflict `email_not_configured`, `email_taken`
   * @throws {UnauthenticatedError} @throws {TooManyAttemptsError}
   */
  async mailVerificationToken(id: number, clientAddress: string): Promise<void> {
    const { generation, email, normalisedEmail } = await this.changeable(id);
    await this.emailVerification.mail({ userId: id, generation, email, normalisedEmail, clientAddress });
  }

  /**
   * Verifies the user's address by the token that the service mailed to it.
   * @throws {DomainError} not-found; forbidden; invalid `invalid_mailed_token` @throws {UnauthenticatedError}
   */
  async verifyEmail(id: number, token: string): Promise<UserView> {
    await this.changeable(id);
    await this.emailVerification.verify(id, token);
    return this.ownView(await this.users.get(id));
  }

  /**
   * Refuses an actor who may not change the user.
   * @throws {DomainError} not-found; forbidden @throws {UnauthenticatedError}
   */
  async expectChangeable(id: number): Promise<void> {
    await this.changeable(id);
  }

  /** The user, if the current actor may change the user. */
  private async changeable(id: number): Promise<UserRecord> {
    const user = await this.users.getVisible(id);
    enforce(mayChangeUser(this.currentActor.get(), user), ONLY_THE_USER);
    expectPerson(user);
    return user;
  }

  /**
   * Locks the user, and checks again that the caller may act for the user. In the meantime a new password or a link to
   * an identity may have ended the caller's token, or, for a caller without a token, may have protected the user.
   * @returns the user as locked @throws {UnauthenticatedError}
   */
  private async lockAndAuthorize(user: UserRecord, actor: Actor): Promise<Subject> {
    const locked = await this.repository.locked(user.id);
    if (!locked) throw notFound('user', user.id);
    enforce(mayChangeUser(actor, locked), ONLY_THE_USER);
    const generation = authenticationOf(actor)?.generation ?? user.generation;
    if (locked.generation !== generation || locked.generation !== user.generation) throw new InvalidToken();
    return locked;
  }

  private async save(columns: UserColumns & { readonly id?: number }): Promise<UserRecord> {
    const saved = await this.unitOfWork.run(async () => {
      const user = await this.repository.save(columns);
      if (user === null) return null;
      if (columns.id === undefined) this.feed.userCreated(user.id);
      // The invites of a guest who becomes the user go into the calendar of the new user.
      const isVerified = hasVerifiedAddress(user, this.configuration.authMode);
      if (isVerified && columns.email !== undefined) this.feed.addressVerified(user.id);
      return user;
    });
    if (saved) return saved;
    throw emailTaken();
  }

  /** The metadata after a patch, of a user whom the transaction has locked. */
  private async metadataOf(
    id: number,
    patch: MetadataPatch | undefined,
  ): Promise<Pick<UserColumns, 'metadata'>> {
    if (patch === undefined) return {};
    const { metadata } = await this.users.get(id);
    return { metadata: metadataWithin(mergedMetadata(metadata, patch)) };
  }

  private async passwordColumnsOf(
    { id }: UserRecord,
    authentication: Authentication | null,
    patch: UserPatch,
    address: AddressChange,
  ): Promise<Pick<UserColumns, 'passwordHash' | 'protected'>> {
    const { password, currentPassword } = patch;
    if (password === undefined) {
      if (address.isNew) await this.credentials.requireFreshLogin(id, 'change the address', patch);
      return {};
    }
    // A caller who may set the password may change the address too.
    await this.credentials.authorizePasswordChange(id, authentication, currentPassword);
    return { passwordHash: await this.passwords.hash(password), protected: true };
  }

  /** Runs before the transaction, since the validator may resolve the host name of a webhook. */
  private async columnsOf(values: UserPatch): Promise<UserColumns> {
    const {
      name,
      timeZone,
      workingHours,
      availabilityOverrides,
      away,
      doubleBooking,
      invitations,
      defaultReminders,
      externalId,
    } = values;
    refuseFaults(productDataFaults(values));
    return {
      ...(name !== undefined && { name }),
      ...(timeZone !== undefined && { timeZone: canonicalTimeZone(timeZone) }),
      ...(doubleBooking !== undefined && { doubleBooking }),
      ...(invitations !== undefined && { invitations }),
      ...(externalId !== undefined && { externalId }),
      ...(workingHours !== undefined && { workingHours: validWorkingHours(workingHours) }),
      ...(availabilityOverrides !== undefined && {
        availabilityOverrides: validOverrides(availabilityOverrides),
      }),
      ...(away !== undefined && { away: validAway(away) }),
      ...(defaultReminders !== undefined && {
        defaultReminders: await this.reminders.validate('defaultReminders', defaultReminders),
      }),
    };
  }

  private ownView(user: UserRecord): UserView {
    return ownView(user, this.configuration.authMode);
  }
}
