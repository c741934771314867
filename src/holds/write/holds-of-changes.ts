import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { HoldsRepository } from '../store/holds.repository.js';

/** Ends the holds of deleted users, and those on them. */
@Injectable()
export class HoldsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly changes: ChangeFeed,
    private readonly holds: HoldsRepository,
  ) {}

  onModuleInit(): void {
    this.changes.subscribe(this);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.holds.removeThoseOf(userId);
  }
}
