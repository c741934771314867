import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import type { OwnerOfHours } from '../model/calendar-owner.js';
import { requireAll, requirePersons, requireRooms } from '../model/require-all.js';
import { mayChangeUser, type UserView, userSeenBy } from '../model/user.policy.js';
import { isResource, type UserRecord } from '../model/user-record.js';
import { hasVerifiedAddress } from '../model/verified-address.js';
import { type LockedUser, UsersRepository } from '../store/users.repository.js';
import { DirectoryService } from './directory.service.js';
import { SharedTimeReader } from './shared-time-reader.js';

/** Users whose rows a booking has locked. */
export interface LockedUsers {
  /** The users who allow no double booking. */
  readonly rejecting: ReadonlySet<number>;
  /** Those of them that are rooms. */
  readonly rooms: ReadonlyMap<number, OwnerOfHours>;
}

const NO_USERS: LockedUsers = { rejecting: new Set(), rooms: new Map() };

/** Reads and locks users. */
@Injectable()
export class UsersService {
  constructor(
    private readonly users: UsersRepository,
    private readonly currentActor: CurrentActor,
    private readonly directory: DirectoryService,
    private readonly sharedTime: SharedTimeReader,
    private readonly configuration: Configuration,
  ) {}

  /**
   * The user as the current actor sees it.
   * @throws {DomainError} not-found `user_not_found`
   */
  async view(id: number): Promise<UserView> {
    const [view] = await this.viewsOf([await this.getVisible(id)]);
    return view;
  }

  /** The users of these ids as the current actor sees them. A user who has just been deleted is left out. */
  async viewAll(ids: readonly number[]): Promise<UserView[]> {
    const byId = new Map((await this.users.withIds(ids)).map((user) => [user.id, user]));
    return this.viewsOf(ids.flatMap((id) => byId.get(id) ?? []));
  }

  /** The person of the address as the current actor sees it; empty if the actor sees no such user. */
  async findByEmail(email: string): Promise<UserView[]> {
    return this.viewsOfPerson(await this.users.withEmail(email));
  }

  /** The person of the external id as the current actor sees it; empty if the actor sees no such user. */
  async findByExternalId(externalId: string): Promise<UserView[]> {
    return this.viewsOfPerson(await this.users.withExternalId(externalId));
  }

  /**
   * The user, if the current actor sees the user.
   * @throws {DomainError} not-found `user_not_found`
   */
  async getVisible(id: number): Promise<UserRecord> {
    await this.directory.expectVisible(id);
    return this.get(id);
  }

  /**
   * The user. Does not check whether the current actor may see the user.
   * @throws {DomainError} not-found `user_not_found`
   */
  async get(id: number): Promise<UserRecord> {
    const user = await this.users.withId(id);
    if (!user) throw notFound('user', id);
    return user;
  }

  /**
   * The users of these ids, in the order of the ids. Does not check whether the current actor may see them.
   * @throws {DomainError} not-found `user_not_found` at `field`, naming the ids that do not exist
   */
  async getAll(ids: readonly number[], field: string): Promise<UserRecord[]> {
    return requireAll(ids, await this.byId(ids), field);
  }

  /**
   * The same for persons alone.
   * @throws {DomainError} not-found `user_not_found` at `field`, naming the ids that do not exist, or are rooms
   */
  async getPersons(ids: readonly number[], field: string): Promise<UserRecord[]> {
    return requirePersons(ids, await this.byId(ids), field);
  }

  /**
   * The same for rooms alone.
   * @throws {DomainError} not-found `room_not_found` at `field`, naming the ids that do not exist, or are persons
   */
  async getRooms(ids: readonly number[], field: string): Promise<UserRecord[]> {
    return requireRooms(ids, await this.byId(ids), field);
  }

  /** Those of the users that exist, by id. Does not check whether the current actor may see them. */
  async byId(ids: readonly number[]): Promise<ReadonlyMap<number, UserRecord>> {
    if (ids.length === 0) return new Map();
    return new Map((await this.users.withIds(ids)).map((user) => [user.id, user]));
  }

  /** The user with this external id, of any kind; null: none. Does not check whether the current actor may see the user. */
  async withExternalId(externalId: string): Promise<UserRecord | null> {
    return this.users.withExternalId(externalId);
  }

  /** The users who have verified one of these normalised addresses, by address. Within a transaction, none of them is deleted. */
  async withVerifiedAddresses(addresses: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const found = await this.users.withAddresses(addresses);
    return new Map(
      found
        .filter((user) => hasVerifiedAddress(user, this.configuration.authMode))
        .map(({ id, normalisedEmail }) => [normalisedEmail, id]),
    );
  }

  /** Whether there is such a user. Within a transaction, the user is not deleted before its end. */
  async exists(id: number): Promise<boolean> {
    return (await this.users.withIds([id])).length > 0;
  }

  /** Locks the user until the transaction ends. Inserts of rows that refer to the user do not wait for this lock. */
  async lock(id: number): Promise<void> {
    await this.users.locked(id);
  }

  /**
   * Locks the users until the transaction ends, so that other bookings of them wait.
   * @returns the users who allow no double booking, and the rooms among them
   */
  async lockForBooking(ids: readonly number[]): Promise<LockedUsers> {
    return ids.length === 0 ? NO_USERS : lockedUsersOf(await this.users.lockInOrder(ids));
  }

  /** Locks those of the users who allow no double booking, as `lockForBooking` does. */
  async lockRejecting(ids: readonly number[]): Promise<LockedUsers> {
    return lockedUsersOf(await this.users.lockRejecting(ids));
  }

  private async viewsOfPerson(user: UserRecord | null): Promise<UserView[]> {
    if (user?.kind !== 'person' || !(await this.directory.visible([user.id])).has(user.id)) return [];
    return this.viewsOf([user]);
  }

  private async viewsOf(users: readonly UserRecord[]): Promise<UserView[]> {
    const actor = this.currentActor.get();
    const away = users.filter((user) => user.away.length > 0 && mayChangeUser(actor, user) !== 'allow');
    const hiding =
      away.length === 0 ? new Set<number>() : await this.sharedTime.hidingAmong(away.map(({ id }) => id));
    return users.map((user) => userSeenBy(actor, user, this.configuration.authMode, hiding.has(user.id)));
  }
}

function lockedUsersOf(locked: readonly LockedUser[]): LockedUsers {
  const rejecting = locked.filter(({ doubleBooking }) => doubleBooking === 'reject');
  return {
    rejecting: new Set(rejecting.map(({ id }) => id)),
    rooms: new Map(rejecting.filter(isResource).map((room) => [room.id, room])),
  };
}
