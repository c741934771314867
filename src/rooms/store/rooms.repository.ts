import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { ArrayContains, In, MoreThan, MoreThanOrEqual, Not, Repository } from 'typeorm';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import type { RoomFacts } from '../model/room-record.js';
import { Room } from './room.entity.js';

/** Columns to write. Absent columns keep their value, or get the table's default. */
export type RoomColumns = Partial<Omit<RoomFacts, 'userId'>>;

/** Which rooms to read. Every filter that is present must match. */
export interface RoomFilter {
  /** The least capacity. */
  readonly capacity?: number;
  /** Features that a room has, all of them. */
  readonly features: readonly string[];
  /** The id of the last room before; 0: from the first one on. */
  readonly after: number;
}

/** Reads and writes what rooms have beside the values of users. */
@Injectable()
export class RoomsRepository {
  constructor(
    @InjectRepository(Room) private readonly rooms: Repository<Room>,
    private readonly unitOfWork: UnitOfWork,
    private readonly tenant: CurrentTenant,
  ) {}

  /** Those of the rooms that exist, in no order. */
  async withIds(ids: readonly number[]): Promise<RoomFacts[]> {
    if (ids.length === 0) return [];
    return this.repository.findBy({ tenantId: this.tenant.id, userId: In([...ids]) });
  }

  /** The first rooms that match, by id. */
  async matching({ capacity, features, after }: RoomFilter, limit: number): Promise<RoomFacts[]> {
    return this.repository.find({
      where: {
        tenantId: this.tenant.id,
        userId: MoreThan(after),
        ...(capacity !== undefined && { capacity: MoreThanOrEqual(capacity) }),
        ...(features.length > 0 && { features: ArrayContains([...features]) }),
      },
      order: { userId: 'ASC' },
      take: limit,
    });
  }

  /** The first rooms that match, the smallest first, then by id. A room of unknown capacity comes last. */
  async smallest(
    { capacity, features }: Omit<RoomFilter, 'after'>,
    exceptIds: readonly number[],
    limit: number,
  ): Promise<RoomFacts[]> {
    return this.repository.find({
      where: {
        tenantId: this.tenant.id,
        ...(exceptIds.length > 0 && { userId: Not(In([...exceptIds])) }),
        ...(capacity !== undefined && { capacity: MoreThanOrEqual(capacity) }),
        ...(features.length > 0 && { features: ArrayContains([...features]) }),
      },
      order: { capacity: { direction: 'ASC', nulls: 'LAST' }, userId: 'ASC' },
      take: limit,
    });
  }

  async add(userId: number, columns: RoomColumns): Promise<void> {
    await this.repository.insert({ tenantId: this.tenant.id, userId, ...mutable(columns) });
  }

  async change(userId: number, columns: RoomColumns): Promise<void> {
    if (Object.keys(columns).length === 0) return;
    await this.repository.update({ tenantId: this.tenant.id, userId }, mutable(columns));
  }

  async remove(userId: number): Promise<void> {
    await this.repository.delete({ tenantId: this.tenant.id, userId });
  }

  private get repository(): Repository<Room> {
    return this.unitOfWork.repository(this.rooms);
  }
}

function mutable({ features, ...columns }: RoomColumns) {
  return { ...columns, ...(features !== undefined && { features: [...features] }) };
}
