import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { refusePerson, requireKey } from '../../access/key-access.js';
import { CredentialsService } from '../../auth/login/credentials.service.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { invalidInput } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { RoomsService } from '../../rooms/read/rooms.service.js';
import type { UserRecord } from '../../users/model/user-record.js';
import { UsersService } from '../../users/read/users.service.js';
import { UserTombstonesService } from '../../users/write/user-tombstones.service.js';
import { UserErasure } from '../erasure/user-erasure.js';
import { UserErasureLoop } from '../erasure/user-erasure-loop.js';
import type { DeleteUser } from '../model/user-deletion.js';
import { UserDeletionsRepository } from '../store/user-deletions.repository.js';

const ONLY_THE_USER = 'Only the user, or an API key, may delete a user.';

/** Deletes users. */
@Injectable()
export class UserDeletionService {
  constructor(
    private readonly tombstones: UserTombstonesService,
    private readonly users: UsersService,
    private readonly rooms: RoomsService,
    private readonly credentials: CredentialsService,
    private readonly deletions: UserDeletionsRepository,
    private readonly erasure: UserErasure,
    private readonly loop: UserErasureLoop,
    private readonly currentActor: CurrentActor,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Deletes a user. One transaction ends the account and all that serves the user alone. The events of the user follow in
   * steps: those of a small calendar before this method resolves, the rest in the background.
   * @throws {DomainError} not-found `user_not_found`; forbidden, `reauthentication_required`, `key_required`; invalid,
   * naming `transferTo`
   * @throws {UnauthenticatedError}
   */
  async delete({ userId, transferTo }: DeleteUser): Promise<void> {
    const user = await this.tombstones.getOwn(userId, ONLY_THE_USER);
    await this.credentials.requireFreshLogin(userId, 'delete the user');
    if (transferTo !== null) this.checkTransfer(userId, transferTo);
    await this.end(user, transferTo, ONLY_THE_USER);
  }

  /**
   * Deletes a room, as a user. The room no longer attends the events that are not over; these events stay with their other
   * attendees.
   * @throws {DomainError} forbidden `key_required`; not-found `room_not_found`
   */
  async deleteRoom(id: number): Promise<void> {
    refusePerson(this.currentActor.get());
    const { user } = await this.rooms.get(id);
    await this.end(user, null, 'Only an API key may delete a room.');
  }

  private async end(user: UserRecord, transferTo: number | null, refusal: string): Promise<void> {
    const { id: userId } = user;
    const deletedAt = this.clock.now();
    await this.unitOfWork.run(async () => {
      await this.tombstones.bury(user, refusal, deletedAt);
      if (transferTo !== null) await this.users.getPersons([transferTo], 'transferTo');
      await this.erasure.forget(userId);
      await this.deletions.add({ userId, deletedAt, transferTo });
    });
    await this.loop.begin({ tenantId: this.tenant.id, userId, deletedAt, transferTo, swept: false });
  }

  private checkTransfer(userId: number, transferTo: number): void {
    requireKey(this.currentActor.get());
    if (transferTo === userId)
      throw invalidInput({ field: 'transferTo', message: 'must be another user than the deleted one' });
  }
}
