import { Injectable } from '@nestjs/common';
import { authenticationOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce } from '../../access/decision.js';
import { AccountClosingService } from '../../auth/sessions/account-closing.service.js';
import { notFound } from '../../errors/domain-error.js';
import { InvalidToken } from '../../errors/unauthenticated-error.js';
import { mayChangeUser } from '../model/user.policy.js';
import type { UserRecord } from '../model/user-record.js';
import { UsersService } from '../read/users.service.js';
import { UserTombstonesRepository } from '../store/user-tombstones.repository.js';

/** The name under which records of others show a deleted user. */
const NAME_OF_DELETED_USER = 'deleted user';

/**
 * Replaces users by tombstones. Nobody can find or name a deleted user. The tombstone stays while records of other users
 * refer to it.
 */
@Injectable()
export class UserTombstonesService {
  constructor(
    private readonly tombstones: UserTombstonesRepository,
    private readonly users: UsersService,
    private readonly accounts: AccountClosingService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The user, if the current actor may act for the user.
   * @param refusal a sentence that names the users who may do it
   * @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async getOwn(id: number, refusal: string): Promise<UserRecord> {
    const user = await this.users.getVisible(id);
    enforce(mayChangeUser(this.currentActor.get(), user), refusal);
    return user;
  }

  /**
   * Deletes the user in the running transaction, and checks again that the current actor may act for the user: a new
   * password may have ended the actor's token since, or may have protected the user.
   * @throws {DomainError} not-found `user_not_found` @throws {UnauthenticatedError}
   */
  async bury(user: UserRecord, refusal: string, now: Date): Promise<void> {
    const actor = this.currentActor.get();
    const locked = await this.tombstones.lock(user.id);
    if (!locked) throw notFound('user', user.id);
    enforce(mayChangeUser(actor, locked), refusal);
    const authentication = authenticationOf(actor);
    if (authentication && authentication.generation !== locked.generation) throw new InvalidToken();
    await this.tombstones.bury(user.id, NAME_OF_DELETED_USER, now);
  }

  /** Ends the sessions and the tokens of a deleted user, and removes the links to identities. */
  async close(id: number): Promise<void> {
    await this.accounts.close(id);
  }

  /**
   * Removes the tombstone if nothing refers to it, in the running transaction.
   * @param isReferred whether rows of other tables refer to the user
   */
  async removeUnless(id: number, isReferred: () => Promise<boolean>): Promise<void> {
    await this.tombstones.lockTombstone(id);
    if (!(await isReferred())) await this.tombstones.remove(id);
  }
}
