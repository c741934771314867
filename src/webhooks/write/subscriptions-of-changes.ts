import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';

/** Ends the subscriptions of users that another person may have made, and those of deleted users. */
@Injectable()
export class SubscriptionsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly subscriptions: SubscriptionsRepository,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async accountReset(userId: number): Promise<void> {
    await this.subscriptions.removeThoseOf(userId);
  }

  async accountProtected(userId: number): Promise<void> {
    await this.subscriptions.removeThoseOf(userId);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.subscriptions.removeThoseOf(userId);
  }
}
