import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { RoomsRepository } from '../store/rooms.repository.js';

/** Removes what a room has beside the values of a user, when the user is deleted. */
@Injectable()
export class RoomsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly rooms: RoomsRepository,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.rooms.remove(userId);
  }
}
