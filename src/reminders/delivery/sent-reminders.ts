import { Injectable, type OnModuleInit } from '@nestjs/common';
import { OutboxWorkers } from '../../outbox/worker/outbox-workers.js';
import { Configuration } from '../../platform/configuration/configuration.js';
import { KEPT_MS, LEASE_MS, LIMITS, RETRY_DELAYS_MS, TOPICS } from '../model/reminder-topics.js';
import { Courier } from './courier.js';

/** Registers reminders with the outbox: each method is a topic, so slow webhooks delay no email. */
@Injectable()
export class SentReminders implements OnModuleInit {
  constructor(
    private readonly workers: OutboxWorkers,
    private readonly courier: Courier,
    private readonly configuration: Configuration,
  ) {}

  onModuleInit(): void {
    for (const method of ['email', 'webhook'] as const) {
      this.workers.register({
        name: TOPICS[method],
        isSent: this.configuration.reminderDispatch,
        limits: LIMITS[method],
        leaseMs: LEASE_MS,
        retryDelaysMs: RETRY_DELAYS_MS,
        jitter: 0,
        keptMs: KEPT_MS,
        prepare: async (messages) => this.courier.prepare(messages),
        recorded: async (results) => this.courier.recorded(results),
      });
    }
  }
}
