import { Injectable } from '@nestjs/common';
import { Metrics } from '../../metrics/metrics.js';
import { Counter, Gauge } from '../../metrics/prom-client.js';
import { Clock } from '../../platform/clock/clock.js';
import type { PendingReminderRecord } from '../model/reminder-records.js';
import { PendingRemindersRepository } from '../store/pending-reminders.repository.js';

/** The metrics of reminders. */
@Injectable()
export class ReminderMetrics {
  private readonly firedCount: Counter<'method'>;

  constructor({ registry }: Metrics, pending: PendingRemindersRepository, clock: Clock) {
    const registers = [registry];
    this.firedCount = new Counter({
      name: 'reminders_fired_total',
      help: 'Reminders that this instance has fired, by method.',
      labelNames: ['method'],
      registers,
    });
    const due = new Gauge({
      name: 'reminders_due',
      help: 'Reminders that are due and not fired yet, in the whole database; NaN while it does not answer.',
      registers: [],
      async collect() {
        this.set(await pending.countDue(clock.now()).catch(() => NaN));
      },
    });
    registry.registerMetric(due);
  }

  fired(rows: readonly PendingReminderRecord[]): void {
    for (const { method } of rows) this.firedCount.inc({ method });
  }
}
