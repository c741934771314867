import { Injectable, Logger } from '@nestjs/common';
import type { Instant } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { LineOutput } from '../../platform/logging/standard-output.js';
import { inNewTrace, type SpanStart } from '../../platform/tracing/tracing.js';
import { inZoneOfReader } from '../../scheduling/occurrences/floating-days.js';
import { OccurrencesService } from '../../scheduling/occurrences/occurrences.service.js';
import type { DeliveredReminders } from '../model/delivered-reminders.js';
import { nextReminder } from '../model/due/next-reminder.js';
import { isOver } from '../model/due/reminded-occurrence.js';
import { notificationIdOf } from '../model/notification-id.js';
import type { PlannedEvent } from '../model/planned-event.js';
import { attendeeKeyText, reminderKeyText } from '../model/reminder-key.js';
import type { NewDelivery, PendingReminderRecord } from '../model/reminder-records.js';
import { PlannedEventsService } from '../planning/planned-events.service.js';
import { ReminderQueue } from '../queue/reminder-queue.js';
import { DeliveriesRepository } from '../store/deliveries.repository.js';
import { PendingRemindersRepository } from '../store/pending-reminders.repository.js';
import { FiredReminders } from './fired-reminders.js';
import { firedReminder, reminderLine } from './reminder-line.js';
import { ReminderMetrics } from './reminder-metrics.js';

/** Fires due reminders. */
@Injectable()
export class ReminderDispatcher {
  private readonly logger = new Logger(ReminderDispatcher.name);

  constructor(
    private readonly pending: PendingRemindersRepository,
    private readonly events: PlannedEventsService,
    private readonly deliveries: DeliveriesRepository,
    private readonly queue: ReminderQueue,
    private readonly occurrences: OccurrencesService,
    private readonly firedReminders: FiredReminders,
    private readonly metrics: ReminderMetrics,
    private readonly output: LineOutput,
    private readonly clock: Clock,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  /**
   * Fires due reminders in batches, until none is due or `stopping` returns true. A batch is a transaction of one tenant,
   * and the tenants take turns. A tenant whose batch fails delays no other one.
   * @returns how many were due
   * @throws the first error of a batch, once the reminders of all other tenants have fired
   */
  async runDue(stopping: () => boolean = () => false): Promise<number> {
    const errors = new Map<number, unknown>();
    for (let total = 0; ; ) {
      const count = await this.fireInTurn(errors, stopping);
      total += count;
      if (count > 0 && !stopping()) continue;
      if (errors.size > 0) throw [...errors.values()][0];
      return total;
    }
  }

  /** Fires a batch of each tenant with due reminders, except those with an error. */
  private async fireInTurn(errors: Map<number, unknown>, stopping: () => boolean): Promise<number> {
    let count = 0;
    for (const tenantId of await this.pending.tenantsWithDue(this.clock.now(), [...errors.keys()])) {
      if (stopping()) break;
      try {
        count += await this.tenant.run(tenantId, async () =>
          this.unitOfWork.run(async () => this.fireBatch()),
        );
      } catch (error) {
        errors.set(tenantId, error);
      }
    }
    return count;
  }

  /** When the next reminder of any tenant is due; null: none is pending. */
  async nextDueAt(): Promise<Instant | null> {
    return (await this.pending.nextDueAt())?.getTime() ?? null;
  }

  private async fireBatch(): Promise<number> {
    const now = this.clock.now();
    const claimed = await this.pending.claimDue(now);
    if (claimed.length === 0) return 0;
    const span: SpanStart = {
      name: 'fire reminders',
      kind: 'internal',
      attributes: { 'reminders.count': claimed.length },
    };
    await inNewTrace(span, async () => this.fire(claimed, now));
    return claimed.length;
  }

  /** Writes the lines last, so that only the commit can fail after they are written. */
  private async fire(claimed: readonly PendingReminderRecord[], now: Date): Promise<void> {
    const eventIds = [...new Set(claimed.map(({ eventId }) => eventId))];
    const events = await this.events.withReminders(eventIds, [
      ...new Set(claimed.map(({ userId }) => userId)),
    ]);
    const eventById = new Map(events.map((event) => [event.id, event]));
    const deliveries = claimed.map((row) => deliveryOf(row, now));
    const fresh = await this.deliveries.record(deliveries);
    await this.queue.add(deliveries.filter((delivery) => fresh.has(reminderKeyText(delivery))));
    const fired = claimed.filter((row) => fresh.has(reminderKeyText(row)));
    await this.advance(claimed, eventIds, eventById);
    this.unitOfWork.afterCommit(() => this.metrics.fired(fired.filter((row) => !isMissed(row, now))));
    this.report(fired.filter((row) => isMissed(row, now)).length);
    const present = fired
      .filter((row) => !isMissed(row, now))
      .flatMap((row) => {
        const event = eventById.get(row.eventId);
        const attendee = event?.attendees.find(({ userId }) => userId === row.userId);
        if (event === undefined) return [];
        return [firedReminder(attendee ? inZoneOfReader(event, attendee.timeZone) : event, row)];
      });
    await this.firedReminders.tell(present);
    const lines = present
      .filter(({ method }) => method === 'log')
      .map((reminder) => reminderLine(reminder, now));
    if (lines.length > 0) this.output.write(lines);
  }

  /** Moves each reminder on to its next occurrence, or removes it. */
  private async advance(
    rows: readonly PendingReminderRecord[],
    eventIds: readonly number[],
    eventById: ReadonlyMap<number, PlannedEvent>,
  ): Promise<void> {
    const earliest = Math.min(...rows.map(({ startAt }) => startAt.getTime()));
    const delivered = await this.deliveries.deliveredFrom(eventIds, null, earliest);
    const next = rows.flatMap((row) => this.following(row, eventById.get(row.eventId), delivered) ?? []);
    const moved = new Set(next.map(attendeeKeyText));
    await this.pending.move(next);
    await this.pending.remove(rows.filter((row) => !moved.has(attendeeKeyText(row))));
  }

  private following(
    row: PendingReminderRecord,
    event: PlannedEvent | undefined,
    delivered: DeliveredReminders,
  ): PendingReminderRecord | null {
    const attendee = event?.attendees.find(({ userId }) => userId === row.userId);
    const reminder = attendee?.reminders.find(
      ({ minutesBefore, method }) => minutesBefore === row.minutesBefore && method === row.method,
    );
    if (!event || !attendee || !reminder) return null;
    const search = { from: row.startAt.getTime(), dueFrom: row.dueFrom.getTime(), lateForNext: false };
    return nextReminder(event, attendee, reminder, search, delivered, this.occurrences);
  }

  private report(missed: number): void {
    if (missed > 0) this.logger.warn(`${missed} reminders were missed: their occurrences are over.`);
  }
}

function isMissed({ startAt, endAt }: PendingReminderRecord, now: Date): boolean {
  return isOver({ start: startAt.getTime(), end: endAt.getTime() }, now.getTime());
}

function deliveryOf(row: PendingReminderRecord, now: Date): NewDelivery {
  const status = isMissed(row, now) ? 'missed' : row.method === 'log' ? 'fired' : 'queued';
  return {
    eventId: row.eventId,
    originalStart: row.originalStart,
    userId: row.userId,
    minutesBefore: row.minutesBefore,
    method: row.method,
    notificationId: notificationIdOf(row),
    status,
    url: row.url,
    dueAt: row.dueAt,
    recordedAt: now,
  };
}
