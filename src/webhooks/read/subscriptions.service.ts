import { Injectable } from '@nestjs/common';
import { CurrentActor } from '../../access/current-actor.js';
import { notFound } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Page } from '../../platform/page/page.js';
import { UsersService } from '../../users/read/users.service.js';
import { reachesSubscription } from '../model/subscription.policy.js';
import type { SubscriptionRecord } from '../model/subscription-record.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';

/** Reads the subscriptions that the current actor reaches. */
@Injectable()
export class SubscriptionsService {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly users: UsersService,
    private readonly currentActor: CurrentActor,
    private readonly clock: Clock,
  ) {}

  /** A page of the subscriptions, by id. */
  async list(page: { readonly after: number; readonly limit: number }): Promise<Page<SubscriptionRecord>> {
    const { items, next } = await this.subscriptions.page(this.currentActor.get(), page);
    return { items: items.map((found) => this.atPresent(found)), next };
  }

  /** All subscriptions of a user, by id: few, by their limit. The caller may act for the user. */
  async ofUser(userId: number): Promise<SubscriptionRecord[]> {
    return (await this.subscriptions.ofUser(userId)).map((found) => this.atPresent(found));
  }

  /** @throws {DomainError} not-found `webhook_subscription_not_found` */
  async get(id: number): Promise<SubscriptionRecord> {
    return this.expectReached(id, await this.subscriptions.withId(id));
  }

  /**
   * The subscription, locked until the transaction ends.
   * @throws {DomainError} not-found `webhook_subscription_not_found`
   */
  async getLocked(id: number): Promise<SubscriptionRecord> {
    return this.expectReached(id, await this.subscriptions.locked(id));
  }

  private async expectReached(id: number, found: SubscriptionRecord | null): Promise<SubscriptionRecord> {
    if (found === null) throw absent(id);
    const owner =
      found.userId === null ? null : ((await this.users.byId([found.userId])).get(found.userId) ?? null);
    if (!reachesSubscription(this.currentActor.get(), owner)) throw absent(id);
    return this.atPresent(found);
  }

  /** The row keeps a previous secret that signs no more. */
  private atPresent(found: SubscriptionRecord): SubscriptionRecord {
    const { previousSecretEndsAt: endsAt } = found;
    return endsAt === null || endsAt > this.clock.now() ? found : { ...found, previousSecretEndsAt: null };
  }
}

function absent(id: number) {
  return notFound('webhook subscription', id);
}
