import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../../access/current-actor.js';
import { requireProduct } from '../../../access/key-access.js';
import { CredentialsService } from '../../../auth/login/credentials.service.js';
import { DomainError } from '../../../errors/domain-error.js';
import { createOrReplace, ResourceGone } from '../../../platform/put/create-or-replace.js';
import type { PutCondition, PutResult } from '../../../platform/put/put-condition.js';
import { externalIdTaken } from '../../../platform/values/external-id.js';
import type { UserView } from '../../model/user.policy.js';
import type { NewUser } from '../../model/user-commands.js';
import type { UserRecord } from '../../model/user-record.js';
import { UsersService } from '../../read/users.service.js';
import { UsersRepository } from '../../store/users.repository.js';
import { ReminderValidator } from '../reminder-validator.js';
import { UserAccountsService } from '../user-accounts.service.js';
import { userReplacement } from './user-replacement.js';

/** Creates a person with an external id. */
type NewExternalUser = NewUser & { readonly externalId: string };

/** Reads, creates and replaces persons by the product's own ids of them. */
@Injectable()
export class ExternalUsersService {
  constructor(
    private readonly repository: UsersRepository,
    private readonly users: UsersService,
    private readonly accounts: UserAccountsService,
    private readonly credentials: CredentialsService,
    private readonly reminders: ReminderValidator,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The user as the current actor sees it. The response to a user whom the actor does not see is that to an unknown
   * external id.
   * @throws {DomainError} forbidden `key_required`; not-found `user_not_found`
   */
  async view(externalId: string): Promise<UserView> {
    requireProduct(this.currentActor.get());
    const [view] = await this.users.findByExternalId(externalId);
    if (view === undefined)
      throw new DomainError('not-found', 'user_not_found', 'No user has this external id.');
    return view;
  }

  /**
   * Creates the user, or makes the existing one as the command names it. A command that changes nothing writes nothing.
   * A user keeps the password if the command has none.
   * @throws {DomainError} forbidden `key_required`; precondition-failed; as a creation or a change of a user
   * @throws {UnauthenticatedError}
   */
  async put(command: NewExternalUser, condition: PutCondition): Promise<PutResult<UserView>> {
    requireProduct(this.currentActor.get());
    return createOrReplace(condition, {
      object: 'user',
      find: async () => this.personOf(command.externalId),
      create: async () => this.accounts.create(command),
      replace: async (user) => this.replace(user, command),
    });
  }

  /** @throws {DomainError} conflict `external_id_taken`, if a room or a piece of equipment has the external id */
  private async personOf(externalId: string): Promise<UserRecord | null> {
    const user = await this.repository.withExternalId(externalId);
    if (user !== null && user.kind !== 'person') throw externalIdTaken('user');
    return user;
  }

  /** @throws {ResourceGone} if another request has deleted the user since */
  private async replace(user: UserRecord, command: NewExternalUser): Promise<UserView> {
    try {
      return await this.replaced(user, command);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'user_not_found') throw error;
      if ((await this.personOf(command.externalId))?.id !== user.id) throw new ResourceGone();
      // To an actor who does not see the user, another user has the external id.
      throw externalIdTaken('user');
    }
  }

  private async replaced(user: UserRecord, command: NewExternalUser): Promise<UserView> {
    const { password, defaultReminders = [] } = command;
    await this.accounts.expectChangeable(user.id);
    const valid = await this.reminders.validate('defaultReminders', defaultReminders);
    const context = {
      verifiesAddress: this.currentActor.get().kind === 'key',
      hasPassword: password !== undefined && (await this.credentials.hasPassword(user.id, password)),
    };
    const patch = userReplacement(user, { ...command, defaultReminders: valid }, context);
    return Object.keys(patch).length === 0 ? this.users.view(user.id) : this.accounts.update(user.id, patch);
  }
}
