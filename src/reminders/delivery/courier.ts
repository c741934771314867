import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import { SECOND } from '../../calendar/time/civil-time.js';
import type { AttemptOutcome, AttemptResult, OutboxMessage } from '../../outbox/model/outbox-message.js';
import type { Attempt } from '../../outbox/model/outbox-topic.js';
import { Clock } from '../../platform/clock/clock.js';
import { ReceiverRefusal } from '../../platform/network/signed-webhook.js';
import { inNewTrace, type SpanStart } from '../../platform/tracing/tracing.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import { UsersService } from '../../users/read/users.service.js';
import { takesPartIn } from '../model/due/next-reminder.js';
import { isOver, remindedOccurrence } from '../model/due/reminded-occurrence.js';
import { startOfDue } from '../model/due/reminder-due.js';
import type { DeliveryRecord, DeliveryStatus } from '../model/reminder-records.js';
import { messageKeyOf, referenceOf } from '../model/reminder-topics.js';
import { PlannedEventsService } from '../planning/planned-events.service.js';
import { QueuedDeliveriesRepository } from '../store/queued-deliveries.repository.js';
import { EmailChannel } from './email-channel.js';
import { EmailRecipients, type Obstacle } from './email-recipients.js';
import { type ReminderMessage, reminderMessage } from './reminder-message.js';
import { WebhookChannel } from './webhook-channel.js';

const ATTEMPT_TIMEOUT_MS = 15 * SECOND;

/** The ends of a delivery. */
type EndedStatus = Exclude<DeliveryStatus, 'queued'>;

/**
 * Sends queued reminders over the network, outside of any transaction. The outbox makes the attempts, so a reminder is
 * sent at least once, and at most five times unless processes are killed.
 */
@Injectable()
export class Courier {
  private readonly logger = new Logger(Courier.name);

  constructor(
    private readonly deliveries: QueuedDeliveriesRepository,
    private readonly events: PlannedEventsService,
    private readonly users: UsersService,
    private readonly occurrences: OccurrencesService,
    private readonly recipients: EmailRecipients,
    private readonly email: EmailChannel,
    private readonly webhook: WebhookChannel,
    private readonly clock: Clock,
  ) {}

  /** The attempts for messages of the outbox. A delivery that is no longer queued is not sent. */
  async prepare(messages: readonly OutboxMessage[]): Promise<Attempt[]> {
    const references = messages.map(referenceOf);
    const queued = await this.deliveries.find(references);
    const byKey = new Map(queued.map((delivery) => [messageKeyOf(delivery), delivery]));
    return messages.map((message) => {
      const delivery = byKey.get(message.key);
      return async () =>
        delivery ? this.attempt({ ...delivery, attempts: message.attempts }) : ended('withdrawn');
    });
  }

  /** Records the states of the deliveries after attempts. */
  async recorded(results: readonly AttemptResult[]): Promise<void> {
    const attempts = results.map(({ message, status, outcome }) => {
      const end = (outcome.end ?? 'failed') as EndedStatus;
      return {
        reference: referenceOf(message),
        attempts: message.attempts,
        status: status === 'pending' ? ('queued' as const) : end,
      };
    });
    await this.deliveries.record(attempts, this.clock.now());
  }

  /** @param delivery its `attempts` include this one */
  private async attempt(delivery: DeliveryRecord): Promise<AttemptOutcome> {
    const span: SpanStart = {
      name: 'deliver reminder',
      kind: 'internal',
      attributes: { 'reminder.method': delivery.method },
    };
    try {
      return await inNewTrace(span, async () => this.deliver(delivery));
    } catch (error) {
      this.logger.error(error);
      throw error;
    }
  }

  private async deliver(delivery: DeliveryRecord): Promise<AttemptOutcome> {
    const message = await this.messageOf(delivery);
    if (typeof message === 'string') return ended(message);
    // An email is counted at its first attempt only.
    if (delivery.method === 'email' && delivery.attempts === 1) {
      const obstacle = await this.recipients.countEmail(delivery.userId);
      if (obstacle !== null) return ended(this.withheld(delivery, obstacle));
    }
    try {
      return { kind: 'delivered', statusCode: await this.send(delivery, message), error: null, end: 'fired' };
    } catch (error) {
      return this.failed(delivery, error);
    }
  }

  /** @returns the HTTP status of a webhook */
  private async send({ method }: DeliveryRecord, message: ReminderMessage): Promise<number | null> {
    const deadline = new AbortController();
    const timeout = sleep(ATTEMPT_TIMEOUT_MS, undefined, { signal: deadline.signal }).then(() => {
      throw new Error('The attempt took too long.');
    });
    const sending = method === 'email' ? this.email.send(message) : this.webhook.send(message);
    try {
      return (await Promise.race([sending, timeout])) ?? null;
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
    const reminder = attendee?.reminders.find(
      (wanted) => wanted.minutesBefore === minutesBefore && wanted.method === method,
    );
    if (!event || !attendee || !reminder) return 'withdrawn';
    // An occurrence that was moved meanwhile has another reminder for its new start.
    const own = inZoneOfReader(event, attendee.timeZone);
    const zones = { ofEvent: own.timeZone, ofUser: attendee.timeZone };
    const start = startOfDue(reminder, delivery.dueAt.getTime(), zones);
    const occurrence = remindedOccurrence(own, delivery.originalStart, start, this.occurrences);
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

  private failed(delivery: DeliveryRecord, error: unknown): AttemptOutcome {
    const { notificationId, method, attempts } = delivery;
    const reason = error instanceof Error ? error.message : String(error);
    this.logger.warn(`Reminder ${notificationId} by ${method}, attempt ${attempts}: ${reason}`);
    const statusCode = error instanceof ReceiverRefusal ? error.statusCode : null;
    return { kind: 'retry', statusCode, error: reason };
  }
}

/** The end of a delivery that is not sent. */
function ended(status: 'withdrawn' | 'missed'): AttemptOutcome {
  return { kind: 'failed', statusCode: null, error: status, end: status };
}
