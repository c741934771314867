import { setImmediate as nextTurn } from 'node:timers/promises';
import { byTenant } from '../../database/by-tenant.js';
import type { CurrentTenant } from '../../database/current-tenant.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { AttemptResult } from '../model/outbox-message.js';
import type { OutboxTopic } from '../model/outbox-topic.js';
import type { OutboxQueueRepository, StoredAttempt } from '../store/outbox-queue.repository.js';

/** An attempt to record. `result` is null if no attempt was made. */
export interface EndedAttempt {
  readonly stored: StoredAttempt;
  readonly result: AttemptResult | null;
}

interface Waiting {
  readonly attempt: EndedAttempt;
  readonly resolve: () => void;
}

/** Bounds the arrays of a statement. */
const RECORDED_AT_ONCE = 1_000;

/**
 * Records the attempts of a topic. While one transaction is under way, the attempts that end meanwhile gather for the
 * next one. So the number of statements does not grow with the number of messages.
 */
export class AttemptRecorder {
  private waiting: Waiting[] = [];
  private isRecording = false;

  constructor(
    private readonly topic: OutboxTopic,
    private readonly queue: OutboxQueueRepository,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Resolves when the attempt is recorded, or the record has failed: then the lease ends, and the message is due again. */
  async record(attempt: EndedAttempt): Promise<void> {
    return new Promise((resolve) => {
      this.waiting.push({ attempt, resolve });
      if (!this.isRecording) void this.recordWaiting();
    });
  }

  private async recordWaiting(): Promise<void> {
    this.isRecording = true;
    // Attempts that end in the same turn go together.
    await nextTurn();
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, RECORDED_AT_ONCE);
      try {
        await this.unitOfWork.run(async () => this.recordAll(batch.map(({ attempt }) => attempt)));
      } catch (error) {
        this.failed(error);
      }
      for (const { resolve } of batch) resolve();
    }
    this.isRecording = false;
  }

  private async recordAll(attempts: readonly EndedAttempt[]): Promise<void> {
    const recorded = await this.queue.record(attempts.map(({ stored }) => stored));
    if (!this.topic.recorded) return;
    const results = attempts
      .map(({ result }) => result)
      .filter((result) => result !== null && recorded.has(result.message.id)) as AttemptResult[];
    for (const [tenantId, own] of byTenant(results, ({ message }) => message.tenantId))
      await this.tenant.run(tenantId, async () => this.topic.recorded?.(own));
  }
}
