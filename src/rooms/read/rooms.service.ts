import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { requireProduct } from '../../access/key-access.js';
import type { Interval } from '../../calendar/intervals/interval.js';
import { DomainError, notFound } from '../../errors/domain-error.js';
import { type Page, pageOf } from '../../platform/page/page.js';
import { FreeUsersService } from '../../scheduling/free-busy/free-users.service.js';
import { isResource } from '../../users/model/user-record.js';
import { SharedTimeReader } from '../../users/read/shared-time-reader.js';
import { UsersService } from '../../users/read/users.service.js';
import { MAX_SEARCHED_ROOMS } from '../model/room-limits.js';
import type { RoomFacts, RoomRecord, RoomView } from '../model/room-record.js';
import { type RoomFilter, RoomsRepository } from '../store/rooms.repository.js';

/** Rooms whose time one step of a search reads. */
const ROOMS_OF_ONE_STEP = 50;

/** Which rooms to list. */
export interface RoomQuery extends RoomFilter {
  /** The window in which a room is free and open; null: at any time. */
  readonly free: Interval | null;
  readonly limit: number;
}

/** Reads rooms. Every caller sees all rooms of the tenant. */
@Injectable()
export class RoomsService {
  constructor(
    private readonly rooms: RoomsRepository,
    private readonly users: UsersService,
    private readonly freeUsers: FreeUsersService,
    private readonly sharedTime: SharedTimeReader,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * The room as the current actor sees it.
   * @throws {DomainError} not-found `room_not_found`
   */
  async view(id: number): Promise<RoomView> {
    return this.viewOf(await this.get(id));
  }

  /**
   * The room of an external id as the current actor sees it.
   * @throws {DomainError} forbidden `key_required`; not-found `room_not_found`
   */
  async viewOfExternalId(externalId: string): Promise<RoomView> {
    requireProduct(this.currentActor.get());
    const room = await this.withExternalId(externalId);
    if (room === null) throw new DomainError('not-found', 'room_not_found', 'No room has this external id.');
    return this.viewOf(room);
  }

  /** The room of an external id; null: there is none. */
  async withExternalId(externalId: string): Promise<RoomRecord | null> {
    const user = await this.users.withExternalId(externalId);
    return user === null ? null : ((await this.byId([user.id])).get(user.id) ?? null);
  }

  /** A page of rooms by id. A page with `free` ends early after `MAX_SEARCHED_ROOMS`. */
  async list({ free, limit, ...filter }: RoomQuery): Promise<Page<RoomView>> {
    if (free !== null) return this.freeRooms(filter, free, limit);
    const { items, next } = pageOf(await this.rooms.matching(filter, limit + 1), limit, keyOf);
    return { items: await this.viewsOf(items), next };
  }

  /** @throws {DomainError} not-found `room_not_found` */
  async get(id: number): Promise<RoomRecord> {
    const room = (await this.byId([id])).get(id);
    if (!room) throw notFound('room', id);
    return room;
  }

  /** Those of the rooms that exist, by id. */
  async byId(ids: readonly number[]): Promise<ReadonlyMap<number, RoomRecord>> {
    const records = await this.recordsOf(await this.rooms.withIds(ids));
    return new Map(records.map((room) => [room.userId, room]));
  }

  /** What those of the rooms have beside the values of users, by id. No query for no ids. */
  async facts(ids: readonly number[]): Promise<ReadonlyMap<number, RoomFacts>> {
    const rooms = await this.rooms.withIds([...new Set(ids)]);
    return new Map(rooms.map((room) => [room.userId, room]));
  }

  /**
   * The rooms that match a filter, without pieces of equipment: the smallest first, then by id. A room of unknown capacity
   * comes last. Among the `MAX_SEARCHED_ROOMS` smallest, at most `limit`.
   * @param exceptIds rooms that are left out
   */
  async smallest(
    filter: Omit<RoomFilter, 'after'>,
    limit: number,
    exceptIds: readonly number[],
  ): Promise<RoomRecord[]> {
    const facts = await this.rooms.smallest(filter, exceptIds, MAX_SEARCHED_ROOMS);
    const rooms = await this.recordsOf(facts);
    return rooms.filter(({ user }) => user.kind === 'room').slice(0, limit);
  }

  private async freeRooms(filter: RoomFilter, window: Interval, limit: number): Promise<Page<RoomView>> {
    const found: RoomFacts[] = [];
    let { after } = filter;
    for (let searched = 0; searched < MAX_SEARCHED_ROOMS; searched += ROOMS_OF_ONE_STEP) {
      const rooms = await this.rooms.matching({ ...filter, after }, ROOMS_OF_ONE_STEP);
      const ids = rooms.map(({ userId }) => userId);
      const free = await this.freeUsers.freeThroughout(ids, window);
      found.push(...rooms.filter(({ userId }) => free.has(userId)));
      const isLast = rooms.length < ROOMS_OF_ONE_STEP;
      if (isLast || found.length > limit) {
        const { items, next } = pageOf(found, limit, keyOf);
        return { items: await this.viewsOf(items), next };
      }
      after = ids.at(-1) ?? after;
    }
    return { items: await this.viewsOf(found), next: [after] };
  }

  private async viewsOf(rooms: readonly RoomFacts[]): Promise<RoomView[]> {
    return this.viewsOfRecords(await this.recordsOf(rooms));
  }

  /** A room that has just been deleted is left out. */
  private async recordsOf(rooms: readonly RoomFacts[]): Promise<RoomRecord[]> {
    const users = await this.users.byId(rooms.map(({ userId }) => userId));
    return rooms.flatMap((room) => {
      const user = users.get(room.userId);
      return user && isResource(user) ? [{ ...room, user }] : [];
    });
  }

  private async viewOf(room: RoomRecord): Promise<RoomView> {
    const [view] = await this.viewsOfRecords([room]);
    return view;
  }

  private async viewsOfRecords(rooms: readonly RoomRecord[]): Promise<RoomView[]> {
    const seesProductData = this.currentActor.get().kind !== 'user';
    const closed = rooms.filter(({ user }) => user.away.length > 0).map(({ userId }) => userId);
    const hiding = closed.length === 0 ? new Set<number>() : await this.sharedTime.hidingAmong(closed);
    return rooms.map((room) => ({ room, seesProductData, seesAway: !hiding.has(room.userId) }));
  }
}

function keyOf({ userId }: RoomFacts): number[] {
  return [userId];
}
