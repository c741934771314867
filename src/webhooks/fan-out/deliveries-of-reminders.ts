import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type FiredReminder, FiredReminders } from '../../reminders/dispatch/fired-reminders.js';
import type { SubscriptionScope } from '../model/subscription-record.js';
import type { NewWebhookDelivery } from '../model/webhook-delivery-record.js';
import { SubscriptionsRepository } from '../store/subscriptions.repository.js';
import { NewDeliveries } from '../write/new-deliveries.js';

/** Makes the deliveries of reminders that fire, to the subscriptions of their users and of the tenant. */
@Injectable()
export class DeliveriesOfReminders implements OnModuleInit {
  constructor(
    private readonly reminders: FiredReminders,
    private readonly subscriptions: SubscriptionsRepository,
    private readonly deliveries: NewDeliveries,
  ) {}

  onModuleInit(): void {
    this.reminders.subscribe(async (fired) => this.add(fired));
  }

  private async add(fired: readonly FiredReminder[]): Promise<void> {
    const userIds = [...new Set(fired.map(({ userId }) => userId))];
    const subscriptions = await this.subscriptions.toRemindersOf(userIds);
    await this.deliveries.add(
      fired.flatMap((reminder) =>
        subscriptions.filter(concerning(reminder)).map(({ id }) => deliveryOf(id, reminder)),
      ),
    );
  }
}

function concerning({ userId }: FiredReminder): (subscription: SubscriptionScope) => boolean {
  return (subscription) => subscription.userId === null || subscription.userId === userId;
}

/** The names are those of the API. */
function deliveryOf(subscriptionId: number, reminder: FiredReminder): NewWebhookDelivery {
  return {
    subscriptionId,
    type: 'reminder.fired',
    eventId: reminder.eventId,
    changeSequence: null,
    details: {
      reminder: {
        notification_id: reminder.notificationId,
        user_id: reminder.userId,
        event_id: reminder.eventId,
        original_start: reminder.originalStart,
        minutes_before: reminder.minutesBefore,
        method: reminder.method,
        start: reminder.start,
        end: reminder.end,
        due_at: reminder.dueAt,
      },
    },
  };
}
