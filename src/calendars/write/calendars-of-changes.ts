import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../changes/change-feed.js';
import { CalendarsOfUsersRepository } from '../store/calendars-of-users.repository.js';
import { CalendarGrantsRepository } from '../store/grants/calendar-grants.repository.js';

/** Keeps the calendars of users in step with the users. */
@Injectable()
export class CalendarsOfChanges implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly feed: ChangeFeed,
    private readonly calendars: CalendarsOfUsersRepository,
    private readonly grants: CalendarGrantsRepository,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async userCreated(userId: number): Promise<void> {
    await this.calendars.addPrimary(userId);
  }

  async accountReset(userId: number): Promise<void> {
    await this.calendars.removeRemindersOf(userId);
    this.feed.defaultRemindersChanged(userId);
    await this.grants.removeThoseOf(userId);
  }

  async accountProtected(userId: number): Promise<void> {
    await this.grants.removeThoseOf(userId);
  }

  async userDeleted(userId: number): Promise<void> {
    await this.calendars.erase(userId);
    await this.grants.removeThoseTo(userId);
    await this.grants.endWritingFor(userId);
  }
}
