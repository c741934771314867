import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { UsersModule } from '../users/users.module.js';
import { SubscriptionsService } from './read/subscriptions.service.js';
import { WebhookSubscriptionsController } from './rest/webhook-subscriptions.controller.js';
import { SubscriptionsRepository } from './store/subscriptions.repository.js';
import { WebhookSubscription } from './store/webhook-subscription.entity.js';
import { SubscriptionOwners } from './write/subscription-owners.js';
import { SubscriptionWriter } from './write/subscription-writer.service.js';
import { SubscriptionsOfChanges } from './write/subscriptions-of-changes.js';
import { WebhookUrls } from './write/webhook-urls.js';

/** Calls URLs of other programs when the calendar changes. */
@Module({
  imports: [TypeOrmModule.forFeature([WebhookSubscription]), CalendarsModule, UsersModule],
  controllers: [WebhookSubscriptionsController],
  providers: [
    SubscriptionOwners,
    SubscriptionWriter,
    SubscriptionsOfChanges,
    SubscriptionsRepository,
    SubscriptionsService,
    WebhookUrls,
  ],
})
export class WebhooksModule {}
