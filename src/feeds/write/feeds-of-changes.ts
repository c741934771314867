import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { CalendarFeedsRepository } from '../store/calendar-feeds.repository.js';

/** Ends the feeds of users that another person may have made, and those of deleted users. */
@Injectable()
export class FeedsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly changes: ChangeFeed,
    private readonly feeds: CalendarFeedsRepository,
  ) {}

  onModuleInit(): void {
    this.changes.subscribe(this);
  }

  async accountReset(userId: number): Promise<void> {
    await this.feeds.removeThoseOf(userId);
  }

  async accountProtected(userId: number): Promise<void> {
    await this.feeds.removeThoseOf(userId);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.feeds.removeThoseOf(userId);
  }
}
