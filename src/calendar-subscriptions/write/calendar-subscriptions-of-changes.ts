import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { CalendarSubscriptionsRepository } from '../store/calendar-subscriptions.repository.js';

/** Ends the subscriptions of deleted users. The erasure of their events has those of the calendars, too. */
@Injectable()
export class CalendarSubscriptionsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly changes: ChangeFeed,
    private readonly subscriptions: CalendarSubscriptionsRepository,
  ) {}

  onModuleInit(): void {
    this.changes.subscribe(this);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.subscriptions.removeThoseOf(userId);
  }
}
