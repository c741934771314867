import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { type Instant, MINUTE, SECOND } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { inNewTrace, type SpanStart } from '../../platform/tracing/tracing.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { takesPartIn } from '../model/next-reminder.js';
import { isOver, remindedOccurrence } from '../model/reminded-occurrence.js';
import { startOf } from '../model/reminder-key.js';
import type { DeliveryRecord, DeliveryStatus, QueuedDelivery } from '../model/reminder-records.js';
import { SendingSlots } from '../model/sending-slots.js';
import { PlannedEventsService } from '../planning/planned-events.service.js';
import { DeliveriesRepository } from '../store/deliveries.repository.js';
import { EmailChannel } from './email-channel.js';
import { EmailRecipients, type Obstacle } from './email-recipients.js';
import { type ReminderMessage, reminderMessage } from './reminder-message.js';
import { WebhookChannel } from './webhook-channel.js';

/** Longer than an attempt can take, so that no other instance sends the same delivery meanwhile. */
const LEASE_MS = MINUTE;
const ATTEMPT_TIMEOUT_MS = 15 * SECOND;

/** Five attempts in 21 minutes: a later reminder is of no use. */
const PAUSES_MS = [15 * SECOND, MINUTE, 4 * MINUTE, 16 * MINUTE];

/**
 * Sends queued reminders over the network, outside of any transaction. A reminder is sent at least once, since a process
 * may be killed between sending and recording, and at most five times. A delivery starts as soon as `SendingSlots` has
 * a slot for it. A delivery never waits for a delivery of another user to another host.
 */
@Injectable()
export class Courier {
  private readonly logger = new Logger(Courier.name);

  private readonly slots = new SendingSlots();
  private readonly underWay = new Set<Promise<void>>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly deliveries: DeliveriesRepository,
    private readonly events: PlannedEventsService,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly recipients: EmailRecipients,
    private readonly email: EmailChannel,
    private readonly webhook: WebhookChannel,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /** Calls `listener` each time a delivery has ended, so that another one may start. */
  onSlotFree(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Starts the due deliveries that may start now. @returns their number */
  async startDue(stopping: () => boolean = () => false): Promise<number> {
    for (let total = 0; ; ) {
      const started = stopping() ? 0 : await this.startSome();
      if (started === 0) return total;
      total += started;
    }
  }

  /** Starts deliveries of the tenant whose delivery is the longest due. @returns their number */
  private async startSome(): Promise<number> {
    for (const tenantId of await this.deliveries.tenantsWithDue(this.clock.now(), this.slots.free)) {
      const started = await this.tenant.run(tenantId, async () => this.startOfTenant());
      if (started > 0) return started;
      // Another instance has claimed the deliveries of this tenant.
    }
    return 0;
  }

  private async startOfTenant(): Promise<number> {
    const claimed = await this.unitOfWork.run(async () => this.claim());
    for (const delivery of claimed) this.start(delivery);
    return claimed.length;
  }

  /** When the next delivery may start; null: none is queued, or a running delivery has to end first. */
  async nextStartAt(): Promise<Instant | null> {
    return (await this.deliveries.nextAttemptAt(this.slots.free))?.getTime() ?? null;
  }

  /** Resolves when the running deliveries have ended. */
  async finish(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private async claim(): Promise<QueuedDelivery[]> {
    const now = this.clock.now();
    const due = await this.deliveries.lockDue(now, this.slots.free);
    const claimed = this.slots.admissible(due);
    await this.deliveries.lease(claimed, new Date(now.getTime() + LEASE_MS));
    return claimed;
  }

  private start(delivery: QueuedDelivery): void {
    this.slots.take(delivery);
    const span: SpanStart = {
      name: 'deliver reminder',
      kind: 'internal',
      attributes: { 'reminder.method': delivery.method },
    };
    const work = inNewTrace(span, async () => this.deliver(delivery))
      // If the result was not recorded, the lease ends and the delivery is due again.
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        this.slots.release(delivery);
        this.underWay.delete(work);
        for (const listener of this.listeners) listener();
      });
    this.underWay.add(work);
  }

  private async deliver(delivery: DeliveryRecord): Promise<void> {
    const message = await this.messageOf(delivery);
    if (typeof message === 'string') return this.settle(delivery, message);
    // An email is counted at its first attempt only.
    if (delivery.method === 'email' && delivery.attempts === 0) {
      const obstacle = await this.recipients.countEmail(delivery.userId);
      if (obstacle !== null) return this.settle(delivery, this.withheld(delivery, obstacle));
    }
    try {
      await this.send(delivery, message);
    } catch (error) {
      return this.failed(delivery, error);
    }
    await this.settle(delivery, 'fired');
  }

  private async send({ method }: DeliveryRecord, message: ReminderMessage): Promise<void> {
    const deadline = new AbortController();
    const timeout = sleep(ATTEMPT_TIMEOUT_MS, undefined, { signal: deadline.signal }).then(() => {
      throw new Error('The attempt took too long.');
    });
    const sending = method === 'email' ? this.email.send(message) : this.webhook.send(message);
    try {
      await Promise.race([sending, timeout]);
    } finally {
      deadline.abort();
      timeout.catch(() => undefined);
    }
  }

  /** The message to send, from the present state of the calendar; or the status of a reminder that is not to be sent. */
  private async messageOf(delivery: DeliveryRecord): Promise<ReminderMessage | 'withdrawn' | 'missed'> {
    const { eventId, userId, minutesBefore, method } = delivery;
    const [event] = await this.events.withReminders([eventId], [userId]);
    const attendee = event?.attendees[0];
    const isWanted = attendee?.reminders.some(
      (reminder) => reminder.minutesBefore === minutesBefore && reminder.method === method,
    );
    if (!event || !attendee || !isWanted) return 'withdrawn';
    // An occurrence that was moved meanwhile has another reminder for its new start.
    const own = inZoneOfReader(event, attendee.timeZone);
    const occurrence = remindedOccurrence(own, delivery.originalStart, startOf(delivery), this.occurrences);
    if (!occurrence || !takesPartIn(event, attendee)(occurrence)) return 'withdrawn';
    if (isOver(occurrence, this.clock.now().getTime())) return 'missed';
    const user = await this.users.get(userId);
    const obstacle =
      method === 'email' ? await this.recipients.obstacle(event, attendee, occurrence, user) : null;
    if (obstacle !== null) return this.withheld(delivery, obstacle);
    return reminderMessage(delivery, own, occurrence, user);
  }

  private withheld({ notificationId }: DeliveryRecord, obstacle: Obstacle): 'withdrawn' {
    this.logger.log(`Reminder ${notificationId} is not mailed: ${obstacle}.`);
    return 'withdrawn';
  }

  private async settle(delivery: DeliveryRecord, status: Exclude<DeliveryStatus, 'queued'>): Promise<void> {
    await this.deliveries.settle(delivery, status, this.clock.now());
  }

  private async failed(delivery: DeliveryRecord, error: unknown): Promise<void> {
    const { notificationId, method, attempts } = delivery;
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Reminder ${notificationId} by ${method}, attempt ${attempts + 1}: ${reason}`);
    const pause = PAUSES_MS[attempts];
    if (pause === undefined) return this.settle(delivery, 'failed');
    await this.deliveries.retryAt(delivery, new Date(this.clock.now().getTime() + pause));
  }
}
