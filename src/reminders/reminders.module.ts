import { type DynamicModule, Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.js';
import { CalendarsModule } from '../calendars/calendars.module.js';
import { EventsModule } from '../events/events.module.js';
import { MetricsModule } from '../metrics/metrics.module.js';
import { OutboxModule } from '../outbox/outbox.module.js';
import { LineOutput } from '../platform/logging/standard-output.js';
import { MailModule } from '../platform/mail/mail.module.js';
import { SchedulingModule } from '../scheduling/scheduling.module.js';
import { UsersModule } from '../users/users.module.js';
import { Courier } from './delivery/courier.js';
import { EmailChannel } from './delivery/email-channel.js';
import { EmailRecipients } from './delivery/email-recipients.js';
import { OldDeliveries } from './delivery/old-deliveries.js';
import { SentReminders } from './delivery/sent-reminders.js';
import { WebhookChannel } from './delivery/webhook-channel.js';
import { DispatchLoop } from './dispatch/dispatch-loop.js';
import { FiredReminders } from './dispatch/fired-reminders.js';
import { ReminderDispatcher } from './dispatch/reminder-dispatcher.js';
import { ReminderMetrics } from './dispatch/reminder-metrics.js';
import { PlannedEventsService } from './planning/planned-events.service.js';
import { ReminderChanges } from './planning/reminder-changes.js';
import { ReminderPlanner } from './planning/reminder-planner.js';
import { RemindersService } from './planning/reminders.service.js';
import { DeliveriesOfVersionBefore } from './queue/deliveries-of-version-before.js';
import { ReminderQueue } from './queue/reminder-queue.js';
import { RemindersController } from './rest/reminders.controller.js';
import { DeliveriesRepository } from './store/deliveries.repository.js';
import { DeliveriesOfVersionBeforeRepository } from './store/deliveries-of-version-before.repository.js';
import { PendingRemindersRepository } from './store/pending-reminders.repository.js';
import { QueuedDeliveriesRepository } from './store/queued-deliveries.repository.js';
import { ReminderSettingsRepository } from './store/reminder-settings.repository.js';
import { RemovedRemindersRepository } from './store/removed-reminders.repository.js';

@Module({})
export class RemindersModule {
  /** @param output receives the lines of reminders */
  static of(output: LineOutput): DynamicModule {
    return {
      module: RemindersModule,
      imports: [
        AuthModule,
        CalendarsModule,
        EventsModule,
        MailModule,
        MetricsModule,
        OutboxModule,
        SchedulingModule,
        UsersModule,
      ],
      controllers: [RemindersController],
      providers: [
        { provide: LineOutput, useValue: output },
        Courier,
        DeliveriesOfVersionBefore,
        DeliveriesOfVersionBeforeRepository,
        DeliveriesRepository,
        DispatchLoop,
        EmailChannel,
        EmailRecipients,
        FiredReminders,
        OldDeliveries,
        PendingRemindersRepository,
        PlannedEventsService,
        QueuedDeliveriesRepository,
        ReminderChanges,
        ReminderDispatcher,
        ReminderMetrics,
        ReminderPlanner,
        ReminderQueue,
        ReminderSettingsRepository,
        RemovedRemindersRepository,
        RemindersService,
        SentReminders,
        WebhookChannel,
      ],
      exports: [FiredReminders, RemindersService],
    };
  }
}
