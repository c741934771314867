import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { enforce, mayActFor } from '../../access/decision.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { notFound } from '../../errors/domain-error.js';
import type { Page } from '../../platform/page/page.js';
import { UsersService } from '../../users/read/users.service.js';
import type { CalendarSubscriptionRecord, CalendarSubscriptionView } from '../model/subscription-record.js';
import { CalendarSubscriptionsRepository } from '../store/calendar-subscriptions.repository.js';

const ONLY_THE_USER = 'Only the user, or an API key, may use the calendar subscriptions of the user.';

/** Reads the subscriptions of users for whom the current actor may act. */
@Injectable()
export class CalendarSubscriptionsService {
  constructor(
    private readonly subscriptions: CalendarSubscriptionsRepository,
    private readonly calendars: UserCalendarsService,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
  ) {}

  /**
   * A page of the subscriptions of a user, by id. @param after the id before the first one; 0: none
   * @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError}
   */
  async list(userId: number, after: number, limit: number): Promise<Page<CalendarSubscriptionView>> {
    await this.expectOwn(userId);
    const { items, next } = await this.subscriptions.page(userId, after, limit);
    return { items: await this.viewsOf(items), next };
  }

  /** The same, without a check whether the current actor may act for the user. */
  async ofUser(userId: number, after: number, limit: number): Promise<Page<CalendarSubscriptionView>> {
    const { items, next } = await this.subscriptions.page(userId, after, limit);
    return { items: await this.viewsOf(items), next };
  }

  /** @throws {DomainError} not-found `calendar_subscription_not_found` */
  async get(id: number): Promise<CalendarSubscriptionView> {
    const found = await this.expectReached(id, await this.subscriptions.withId(id));
    const [view] = await this.viewsOf([found]);
    return view;
  }

  /**
   * The subscription, locked until the transaction ends.
   * @throws {DomainError} not-found `calendar_subscription_not_found`
   */
  async getLocked(id: number): Promise<CalendarSubscriptionRecord> {
    return this.expectReached(id, await this.subscriptions.locked(id));
  }

  /** @throws {DomainError} not-found `user_not_found`; forbidden @throws {UnauthenticatedError} */
  async expectOwn(userId: number): Promise<void> {
    const user = await this.users.getVisible(userId);
    enforce(mayActFor(this.currentActor.get(), user), ONLY_THE_USER);
  }

  private async expectReached(
    id: number,
    found: CalendarSubscriptionRecord | null,
  ): Promise<CalendarSubscriptionRecord> {
    const owner = found && (await this.users.byId([found.userId])).get(found.userId);
    if (!owner || mayActFor(this.currentActor.get(), owner) !== 'allow')
      throw notFound('calendar subscription', id);
    return found;
  }

  private async viewsOf(found: readonly CalendarSubscriptionRecord[]): Promise<CalendarSubscriptionView[]> {
    const userIds = [...new Set(found.map(({ userId }) => userId))];
    const notBusy = await this.calendars.notBusyOf(userIds);
    return found.map((one) => ({ ...one, countsAs: notBusy.has(one.calendarId) ? 'free' : 'busy' }));
  }
}
