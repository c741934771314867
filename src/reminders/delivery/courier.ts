import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type Instant, MINUTE, SECOND } from '../../calendar/civil-time.js';
import { Clock } from '../../common/clock.js';
import { OccurrencesService } from '../../scheduling/occurrences.service.js';
import { UsersService } from '../../users/users.service.js';
import { takesPart } from '../planning/next-reminder.js';
import { PlannedEventsRepository } from '../planning/planned-events.repository.js';
import { DeliveriesRepository, type DeliveryRow } from './deliveries.repository.js';
import { EmailChannel } from './email-channel.js';
import type { DeliveryStatus } from './reminder-delivery.entity.js';
import { type ReminderMessage, reminderMessage } from './reminder-message.js';
import { WebhookChannel } from './webhook-channel.js';

/** As many as are under way at once, and wait for each other. */
const AT_ONCE = 20;

/** Longer than an attempt can take, so that nobody else sends what is being sent. */
const LEASE = MINUTE;
const ATTEMPT_TIMEOUT = 15 * SECOND;

/** Five attempts in 21 minutes: a reminder that comes later than that is none. */
const PAUSES = [15 * SECOND, MINUTE, 4 * MINUTE, 16 * MINUTE];

/**
 * Sends queued reminders over the network, outside of any transaction: at least once, since a process may be
 * killed between sending and recording, and at most five times.
 */
@Injectable()
export class Courier {
  private readonly logger = new Logger(Courier.name);

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly events: PlannedEventsRepository,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly email: EmailChannel,
    private readonly webhook: WebhookChannel,
    private readonly clock: Clock,
  ) {}

  /** Sends what is queued and due, until nothing is or `stopping` says so. */
  async deliverQueued(stopping: () => boolean = () => false): Promise<void> {
    while (!stopping()) {
      const now = this.clock.now();
      const leased = await this.deliveries.lease(now, new Date(now.getTime() + LEASE), AT_ONCE);
      if (leased.length === 0) return;
      await Promise.all(leased.map(async (delivery) => this.deliver(delivery)));
    }
  }

  /** When the next delivery is to be sent; null where none is queued. */
  async nextAttemptAt(): Promise<Instant | null> {
    return (await this.deliveries.nextAttemptAt())?.getTime() ?? null;
  }

  private async deliver(delivery: DeliveryRow): Promise<void> {
    const message = await this.messageOf(delivery);
    if (typeof message === 'string') return this.settle(delivery, message);
    try {
      await this.send(delivery, message);
    } catch (error) {
      return this.failed(delivery, error);
    }
    await this.settle(delivery, 'fired');
  }

  private async send({ method }: DeliveryRow, message: ReminderMessage): Promise<void> {
    const deadline = new AbortController();
    const timeout = sleep(ATTEMPT_TIMEOUT, undefined, { signal: deadline.signal }).then(() => {
      throw new Error('It took too long.');
    });
    const sending = method === 'email' ? this.email.send(message) : this.webhook.send(message);
    try {
      await Promise.race([sending, timeout]);
    } finally {
      deadline.abort();
      timeout.catch(() => undefined);
    }
  }

  /** What to send, as things are now; or what has become of the reminder since it was queued. */
  private async messageOf(delivery: DeliveryRow): Promise<ReminderMessage | 'withdrawn' | 'missed'> {
    const { eventId, userId, minutesBefore, method } = delivery;
    const [event] = await this.events.withIds([eventId], [userId]);
    const attendee = event?.attendees[0];
    const isWanted = attendee?.reminders.some(
      (reminder) => reminder.minutes_before === minutesBefore && reminder.method === method,
    );
    if (!event || !attendee || !isWanted) return 'withdrawn';
    const occurrence = this.occurrences.withKey(event, delivery.originalStart);
    if (!occurrence || !takesPart(event, attendee, occurrence)) return 'withdrawn';
    if (occurrence.end <= this.clock.now().getTime()) return 'missed';
    return reminderMessage(delivery, event, occurrence, await this.users.get(userId));
  }

  private async settle(delivery: DeliveryRow, status: Exclude<DeliveryStatus, 'queued'>): Promise<void> {
    await this.deliveries.settle(delivery, status, this.clock.now());
  }

  private async failed(delivery: DeliveryRow, error: unknown): Promise<void> {
    const { notificationId, method, attempts } = delivery;
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Reminder ${notificationId} by ${method}, attempt ${attempts}: ${reason}`);
    const pause = PAUSES[attempts - 1];
    if (pause === undefined) return this.settle(delivery, 'failed');
    await this.deliveries.retryAt(delivery, new Date(this.clock.now().getTime() + pause));
  }
}
