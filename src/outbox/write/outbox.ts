import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import type { NewMessage } from '../model/outbox-message.js';
import { OutboxMessagesRepository } from '../store/outbox-messages.repository.js';
import { OutboxWorkers } from '../worker/outbox-workers.js';

/** Adds messages of the current tenant, in the running transaction. A message is sent if the transaction commits. */
@Injectable()
export class Outbox {
  constructor(
    private readonly messages: OutboxMessagesRepository,
    private readonly workers: OutboxWorkers,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /** Adds messages, in their order. @returns the keys of those that were not there before */
  async enqueue(topic: string, messages: readonly NewMessage[]): Promise<ReadonlySet<string>> {
    if (messages.length === 0) return new Set();
    const added = await this.messages.add(topic, messages, this.clock.now());
    this.unitOfWork.afterCommit(() => this.workers.wake(topic));
    return added;
  }

  /**
   * Sends ended messages once more, with the same ids and all attempts. A pending message stays as it is.
   * @returns the keys of the messages that had ended
   */
  async restart(topic: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const restarted = await this.messages.restart(topic, keys, this.clock.now());
    this.unitOfWork.afterCommit(() => this.workers.wake(topic));
    return restarted;
  }
}
