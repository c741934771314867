import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AccountsModule } from './accounts/accounts.module.js';
import { ApiKeysModule } from './api-keys/api-keys.module.js';
import { AuthModule } from './auth/auth.module.js';
import { CalendarSubscriptionsModule } from './calendar-subscriptions/calendar-subscriptions.module.js';
import { CalendarsModule } from './calendars/calendars.module.js';
import { SharedTimesModule } from './calendars/shared-times.module.js';
import { ChangesModule } from './changes/changes.module.js';
import { ClockSyncModule } from './database/clock/clock-sync.module.js';
import { DatabaseClock } from './database/clock/database-clock.js';
import { DatabaseModule } from './database/database.module.js';
import { entities } from './entities.js';
import { EventStoreModule } from './events/event-store.module.js';
import { EventsModule } from './events/events.module.js';
import { FeedsModule } from './feeds/feeds.module.js';
import { HealthModule } from './health/health.module.js';
import { HoldsModule } from './holds/holds.module.js';
import { LoadModule } from './http/load/load.module.js';
import { ICalendarModule } from './icalendar/icalendar.module.js';
import { IdempotencyModule } from './idempotency/idempotency.module.js';
import { InvitesModule } from './invites/invites.module.js';
import { MeetingsModule } from './meetings/meetings.module.js';
import { MetricsModule } from './metrics/metrics.module.js';
import { OutboxModule } from './outbox/outbox.module.js';
import type { Clock } from './platform/clock/clock.js';
import { ClockModule } from './platform/clock/clock.module.js';
import type { Configuration } from './platform/configuration/configuration.js';
import { ConfigurationModule } from './platform/configuration/configuration.module.js';
import type { LineOutput } from './platform/logging/standard-output.js';
import { SecretsModule } from './platform/secrets/secrets.module.js';
import { ReminderPlanModule } from './reminders/reminder-plan.module.js';
import { RemindersModule } from './reminders/reminders.module.js';
import { RoomsModule } from './rooms/rooms.module.js';
import { SchedulingModule } from './scheduling/scheduling.module.js';
import { TenantsModule } from './tenants/tenants.module.js';
import { UsersModule } from './users/users.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({})
export class AppModule {
  static of(configuration: Configuration, clock: Clock, output: LineOutput): DynamicModule {
    const reminders = RemindersModule.of(output);
    const webhooks = WebhooksModule.of(reminders);
    const subscriptions = CalendarSubscriptionsModule.of(webhooks);
    return {
      module: AppModule,
      imports: [
        ConfigurationModule.of(configuration),
        ClockModule.of(clock),
        ...(clock instanceof DatabaseClock ? [ClockSyncModule.of(clock)] : []),
        SecretsModule,
        LoadModule,
        ChangesModule,
        DatabaseModule.of(configuration, entities),
        OutboxModule,
        AccessModule,
        ApiKeysModule,
        AuthModule,
        IdempotencyModule,
        UsersModule,
        CalendarsModule,
        SharedTimesModule,
        EventStoreModule,
        ReminderPlanModule,
        EventsModule,
        MeetingsModule,
        InvitesModule,
        HoldsModule,
        SchedulingModule,
        RoomsModule,
        reminders,
        webhooks,
        ICalendarModule,
        FeedsModule,
        subscriptions,
        AccountsModule.of(reminders, webhooks, subscriptions),
        TenantsModule,
        HealthModule,
        MetricsModule,
      ],
    };
  }
}
