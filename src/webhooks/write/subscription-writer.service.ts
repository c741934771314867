import { Injectable } from '@nestjs/common';
import { keyOf } from '../../access/actor.js';
import { CurrentActor } from '../../access/current-actor.js';
import { refuseDelegated } from '../../access/key-access.js';
import { DAY } from '../../calendar/time/civil-time.js';
import { UserCalendarsService } from '../../calendars/read/user-calendars.service.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { DomainError, invalidInput } from '../../errors/domain-error.js';
import { Clock } from '../../platform/clock/clock.js';
import { SealedSecrets } from '../../platform/secrets/sealed-secrets.js';
import { SubscriptionHealth } from '../delivery/subscription-health.js';
import { enabledAfterGap } from '../model/deliveries-of-change.js';
import {
  MAX_SUBSCRIPTIONS_OF_TENANT,
  MAX_SUBSCRIPTIONS_OF_USER,
  type NewSubscription,
  type SubscriptionRecord,
  type SubscriptionStatus,
  type SubscriptionWithSecret,
} from '../model/subscription-record.js';
import { newWebhookSecret } from '../model/webhook-secret.js';
import { SubscriptionsService } from '../read/subscriptions.service.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';
import { FanOutStart } from './fan-out-start.js';
import { NewDeliveries } from './new-deliveries.js';
import { SubscriptionOwners } from './subscription-owners.js';
import { WebhookUrls } from './webhook-urls.js';

/** Both secrets sign for this time, so that a receiver can change to the new one without a gap. */
const SECRET_OVERLAP_MS = DAY;

/** Makes, changes and deletes subscriptions. */
@Injectable()
export class SubscriptionWriter {
  constructor(
    private readonly subscriptions: SubscriptionsRepository,
    private readonly reader: SubscriptionsService,
    private readonly owners: SubscriptionOwners,
    private readonly calendars: UserCalendarsService,
    private readonly urls: WebhookUrls,
    private readonly secrets: SealedSecrets,
    private readonly fanOutStart: FanOutStart,
    private readonly newDeliveries: NewDeliveries,
    private readonly health: SubscriptionHealth,
    private readonly currentActor: CurrentActor,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws {DomainError} invalid; forbidden; not-found `user_not_found`, `calendar_not_found`; conflict
   * `too_many_subscriptions` @throws {UnauthenticatedError}
   */
  async create(command: NewSubscription): Promise<SubscriptionWithSecret> {
    const actor = this.currentActor.get();
    const secret = newWebhookSecret();
    return this.unitOfWork.run(async () => {
      const scope = await this.owners.scopeOf(command);
      refuseDelegated(actor);
      // A reminder is one of a user, whatever calendar has the event.
      if (scope.calendarId !== null && command.types.includes('reminder.fired'))
        throw invalidInput({ field: 'types', message: 'reminder.fired does not go with a calendar' });
      const url = await this.urls.validate(command.url);
      await this.expectRoomFor(scope.userId);
      await this.fanOutStart.beforeActive();
      const id = await this.subscriptions.add({
        ...scope,
        url,
        types: [...new Set(command.types)],
        secret: this.secrets.seal(secret),
        createdByKeyId: keyOf(actor)?.id ?? null,
        createdAt: this.clock.now(),
      });
      return { record: await this.reader.get(id), secret };
    });
  }

  /** @throws {DomainError} not-found `webhook_subscription_not_found`; conflict `calendar_deleted` */
  async setStatus(id: number, status: SubscriptionStatus): Promise<SubscriptionRecord> {
    return this.unitOfWork.run(async () => {
      const found = await this.reader.getLocked(id);
      if (found.status === status) return found;
      if (status === 'active') await this.enable(found);
      else await this.health.disable(id, 'requested');
      return this.reader.get(id);
    });
  }

  /**
   * Gives the subscription another secret. The present one signs too for `SECRET_OVERLAP_MS`.
   * @throws {DomainError} forbidden; not-found `webhook_subscription_not_found`
   */
  async rotateSecret(id: number): Promise<SubscriptionWithSecret> {
    const secret = newWebhookSecret();
    return this.unitOfWork.run(async () => {
      await this.reader.getLocked(id);
      refuseDelegated(this.currentActor.get());
      const now = this.clock.now();
      const endsAt = new Date(now.getTime() + SECRET_OVERLAP_MS);
      await this.subscriptions.replaceSecret(id, this.secrets.seal(secret), endsAt, now);
      return { record: await this.reader.get(id), secret };
    });
  }

  /** @throws {DomainError} not-found `webhook_subscription_not_found` */
  async delete(id: number): Promise<void> {
    await this.unitOfWork.run(async () => {
      await this.reader.getLocked(id);
      await this.health.giveUp(id);
      await this.subscriptions.remove(id);
    });
  }

  private async enable({ id, calendarId }: SubscriptionRecord): Promise<void> {
    if (calendarId !== null && !(await this.calendars.exists(calendarId))) throw calendarDeleted(calendarId);
    await this.fanOutStart.beforeActive();
    await this.subscriptions.enable(id, this.clock.now());
    await this.newDeliveries.add([enabledAfterGap(id)]);
  }

  private async expectRoomFor(userId: number | null): Promise<void> {
    await this.subscriptions.lockOwner(userId);
    const [owner, max] =
      userId === null ? ['tenant', MAX_SUBSCRIPTIONS_OF_TENANT] : ['user', MAX_SUBSCRIPTIONS_OF_USER];
    if ((await this.subscriptions.countOf(userId)) < max) return;
    throw new DomainError(
      'conflict',
      'too_many_subscriptions',
      `A ${owner} has at most ${max} webhook subscriptions.`,
    );
  }
}

function calendarDeleted(id: number): DomainError {
  const detail = `The webhook subscription stays disabled: its calendar ${id} is deleted.`;
  return new DomainError('conflict', 'calendar_deleted', detail);
}
