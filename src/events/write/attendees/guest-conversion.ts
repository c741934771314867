import { Injectable, type OnModuleInit } from '@nestjs/common';
import { ChangeFeed, type ChangeListener } from '../../../changes/change-feed.js';
import { UsersService } from '../../../users/read/users.service.js';
import { GuestAddressesRepository } from '../../store/attendees/guest-addresses.repository.js';

/** The events that one announcement has, so that their reminders are planned some at a time. */
const EVENTS_AT_ONCE = 500;

/** Makes a guest an attendee with an account, once a user has verified the guest's address. Invites and answers stay. */
@Injectable()
export class GuestConversion implements Partial<ChangeListener>, OnModuleInit {
  constructor(
    private readonly addresses: GuestAddressesRepository,
    private readonly users: UsersService,
    private readonly feed: ChangeFeed,
  ) {}

  onModuleInit(): void {
    this.feed.subscribe(this);
  }

  async addressVerified(userId: number): Promise<void> {
    const { normalisedEmail } = await this.users.get(userId);
    if (normalisedEmail === null) return;
    await this.addresses.lock();
    if ((await this.addresses.lockEventsOf(normalisedEmail, userId)) === 0) return;
    const eventIds = await this.addresses.convert(normalisedEmail, userId);
    for (let index = 0; index < eventIds.length; index += EVENTS_AT_ONCE)
      this.feed.eventsChanged(eventIds.slice(index, index + EVENTS_AT_ONCE));
  }
}
