import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { SECOND } from '../../calendar/time/civil-time.js';
import { Clock } from '../../platform/clock/clock.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { postTo } from '../../platform/network/public-request.js';
import type { ReminderMessage } from './reminder-message.js';

const TIMEOUT_MS = 10_000;

/** Calls webhooks. The signature follows Standard Webhooks (https://www.standardwebhooks.com). */
@Injectable()
export class WebhookChannel {
  constructor(
    private readonly configuration: Configuration,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the receiver has responded with a status of 200 to 299. */
  async send(message: ReminderMessage): Promise<void> {
    const { webhookSecret: secret, webhookAllowPrivate: allowPrivate } = this.configuration;
    if (secret === null) throw new Error('WEBHOOK_SECRET is not set any more.');
    const id = message.notificationId;
    const timestamp = String(Math.floor(this.clock.now().getTime() / SECOND));
    const body = JSON.stringify(payloadOf(message));
    const status = await postTo(new URL(message.url ?? ''), {
      headers: {
        'content-type': 'application/json',
        'user-agent': 'calendar-backend',
        'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': `v1,${signature(secret, `${id}.${timestamp}.${body}`)}`,
      },
      body,
      timeoutMs: TIMEOUT_MS,
      allowPrivate,
    });
    if (status < 200 || status > 299) throw new Error(`The receiver responded with ${status}.`);
  }
}

function signature(secret: Buffer, content: string): string {
  return createHmac('sha256', secret).update(content).digest('base64');
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
