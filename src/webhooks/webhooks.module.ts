import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { DeliveryBodies } from './delivery/delivery-bodies.js';
import { OldWebhookDeliveries } from './delivery/old-webhook-deliveries.js';
import { SecretRenewal } from './delivery/secret-renewal.js';
import { SubscriptionHealth } from './delivery/subscription-health.js';
import { WebhookTopic } from './delivery/webhook-topic.js';
import { DeliveriesOfReminders } from './fan-out/deliveries-of-reminders.js';
import { FanOut } from './fan-out/fan-out.js';
import { FanOutLoop } from './fan-out/fan-out-loop.js';
import { DeliveriesService } from './read/deliveries.service.js';
import { SubscriptionsService } from './read/subscriptions.service.js';
import { DeliveryPayloads } from './rest/payload/delivery-payloads.js';
import { WebhookDeliveriesController } from './rest/webhook-deliveries.controller.js';
import { WebhookSubscriptionsController } from './rest/webhook-subscriptions.controller.js';
import { DeliveryTargetsRepository } from './store/delivery-targets.repository.js';
import { FanOutRepository } from './store/fan-out.repository.js';
import { SubscriptionsRepository } from './store/subscriptions.repository.js';
import { WebhookDeliveriesRepository } from './store/webhook-deliveries.repository.js';
import { WebhookSubscription } from './store/webhook-subscription.entity.js';
import { FanOutStart } from './write/fan-out-start.js';
import { NewDeliveries } from './write/new-deliveries.js';
import { RequestedDeliveries } from './write/requested-deliveries.service.js';
import { SubscriptionOwners } from './write/subscription-owners.js';
import { SubscriptionWriter } from './write/subscription-writer.service.js';
import { SubscriptionsOfChanges } from './write/subscriptions-of-changes.js';
import { WebhookUrls } from './write/webhook-urls.js';

/** Calls URLs of other programs when the calendar changes. */
@Module({})
export class WebhooksModule {
  /** @param reminders the module that fires reminders */
  static of(reminders: DynamicModule): DynamicModule {
    return {
      module: WebhooksModule,
      imports: [
        reminders,
        TypeOrmModule.forFeature([WebhookSubscription]),
        CalendarsModule,
        EventsModule,
        OutboxModule,
        SchedulingModule,
        UsersModule,
      ],
      controllers: [WebhookDeliveriesController, WebhookSubscriptionsController],
      providers: [
        WebhookDeliveriesRepository,
        DeliveriesService,
        { provide: DeliveryBodies, useClass: DeliveryPayloads },
        DeliveryTargetsRepository,
        FanOut,
        FanOutLoop,
        FanOutRepository,
        FanOutStart,
        DeliveriesOfReminders,
        NewDeliveries,
        OldWebhookDeliveries,
        RequestedDeliveries,
        SecretRenewal,
        SubscriptionHealth,
        SubscriptionOwners,
        SubscriptionWriter,
        SubscriptionsOfChanges,
        SubscriptionsRepository,
        SubscriptionsService,
        WebhookTopic,
        WebhookUrls,
      ],
      exports: [SubscriptionsService, WebhookUrls],
    };
  }
}
