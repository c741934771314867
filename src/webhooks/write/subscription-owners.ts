import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { requireKey } from '../../access/key-access.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { UnauthenticatedError } from '../../errors/unauthenticated-error.js';
import { DirectoryService } from '../../users/read/directory.service.js';
import { UsersService } from '../../users/read/users.service.js';
import type { NewSubscription, SubscriptionScope } from '../model/subscription-record.js';

const REFUSAL = 'Only the user, or an API key, may subscribe to the changes of a user.';

/** Decides who owns a new subscription, and whether the current actor may make it. */
@Injectable()
export class SubscriptionOwners {
  constructor(
    private readonly calendars: UserCalendarsService,
    private readonly users: UsersService,
    private readonly directory: DirectoryService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * @throws {DomainError} invalid; not-found `user_not_found`, `calendar_not_found`; forbidden `forbidden`, `key_required`
   * @throws {UnauthenticatedError}
   */
  async scopeOf({ userId, calendarId }: NewSubscription): Promise<SubscriptionScope> {
    if (userId !== undefined && calendarId !== undefined)
      throw invalidInput({ field: 'calendarId', message: 'does not go with `userId`' });
    if (calendarId !== undefined) {
      const ownerId = await this.userOf(calendarId);
      await this.expectActingFor(ownerId);
      return { userId: ownerId, calendarId };
    }
    if (userId !== undefined) {
      await this.directory.expectAllVisible({ userId: [userId] });
      await this.expectActingFor(userId);
      return { userId, calendarId: null };
    }
    this.expectKey();
    return { userId: null, calendarId: null };
  }

  private async userOf(calendarId: number): Promise<number> {
    try {
      return (await this.calendars.getVisible(calendarId)).calendar.userId;
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'not-found') throw error;
      const message = `no calendar ${calendarId}`;
      throw new DomainError('not-found', error.code, `\`calendarId\`: ${message}.`, [
        { field: 'calendarId', message },
      ]);
    }
  }

  private async expectActingFor(userId: number): Promise<void> {
    const [user] = await this.users.getAll([userId], 'userId');
    enforce(mayActFor(this.currentActor.get(), user), REFUSAL);
  }

  /** A subscription of the tenant shows all of its events. */
  private expectKey(): void {
    const actor = this.currentActor.get();
    if (actor.kind === 'anonymous')
      throw new UnauthenticatedError('token_required', 'Only an API key may subscribe to a tenant.');
    requireKey(actor);
  }
}
