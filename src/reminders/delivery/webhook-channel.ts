import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { callWebhook } from '../../platform/network/signed-webhook.js';
import type { ReminderMessage } from './reminder-message.js';

const TIMEOUT_MS = 10_000;

/** Sends reminders by webhook. */
@Injectable()
export class WebhookChannel {
  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** Resolves with the status when the receiver has responded with one of 200 to 299. @throws {ReceiverRefusal} */
  async send(message: ReminderMessage): Promise<number> {
    const { webhookSecret: secret, webhookAllowPrivate: allowPrivate } = this.configuration;
    if (secret === null) throw new Error('WEBHOOK_SECRET is not set any more.');
    return callWebhook(new URL(message.url ?? ''), {
      id: message.notificationId,
      sentAt: this.clock.now(),
      body: JSON.stringify(payloadOf(message)),
      keys: [secret],
      timeoutMs: TIMEOUT_MS,
      allowPrivate,
    });
  }
}

function payloadOf(message: ReminderMessage): object {
  return {
    type: 'reminder',
    notification_id: message.notificationId,
    user_id: message.user.id,
    event_id: message.eventId,
    original_start: message.originalStart,
    minutes_before: message.minutesBefore,
    start: message.start,
    end: message.end,
    title: message.title,
    location: message.location,
  };
}
