import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { ICalendarModule } from '../icalendar/icalendar.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { UsersModule } from '../users/users.module.js';
import { CalendarFetch } from './fetch/calendar-fetch.js';
import { FetchLoop } from './fetch/fetch-loop.js';
import { FetchMetrics } from './fetch/fetch-metrics.js';
import { CalendarSubscriptionsService } from './read/calendar-subscriptions.service.js';
import { CalendarSubscriptionsController } from './rest/calendar-subscriptions.controller.js';
import { UserCalendarSubscriptionsController } from './rest/user-calendar-subscriptions.controller.js';
import { CalendarSubscription } from './store/calendar-subscription.entity.js';
import { CalendarSubscriptionsRepository } from './store/calendar-subscriptions.repository.js';
import { DueSubscriptionsRepository } from './store/due-subscriptions.repository.js';
import { CalendarSubscriptionWriter } from './write/calendar-subscription-writer.service.js';
import { CalendarSubscriptionsOfChanges } from './write/calendar-subscriptions-of-changes.js';

/** Fetches calendars elsewhere for users. */
@Module({})
export class CalendarSubscriptionsModule {
  /** @param webhooks the module that checks URLs of users */
  static of(webhooks: DynamicModule): DynamicModule {
    return {
      module: CalendarSubscriptionsModule,
      imports: [
        TypeOrmModule.forFeature([CalendarSubscription]),
        CalendarsModule,
        EventsModule,
        ICalendarModule,
        MetricsModule,
        UsersModule,
        webhooks,
      ],
      controllers: [CalendarSubscriptionsController, UserCalendarSubscriptionsController],
      providers: [
        CalendarFetch,
        CalendarSubscriptionWriter,
        CalendarSubscriptionsOfChanges,
        CalendarSubscriptionsRepository,
        CalendarSubscriptionsService,
        DueSubscriptionsRepository,
        FetchLoop,
        FetchMetrics,
      ],
      exports: [CalendarSubscriptionsService],
    };
  }
}
