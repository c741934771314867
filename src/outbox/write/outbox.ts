import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import type { MessageState, NewMessage } from '../model/outbox-message.js';
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

  /**
   * Sends messages at once, with the same ids and all attempts, whether they are pending or have ended. Then follow those that
   * waited for them in their groups.
   */
  async sendNow(topic: string, keys: readonly string[]): Promise<void> {
    const now = this.clock.now();
    await this.messages.sendNow(topic, keys, now);
    await this.messages.wakeGroupsOf(topic, keys, now);
    this.unitOfWork.afterCommit(() => this.workers.wake(topic));
  }

  /**
   * Ends the pending messages of a lane as failed, but those of which an attempt is under way.
   * @param error the reason
   */
  async giveUp(topic: string, lane: string, error: string): Promise<void> {
    await this.messages.giveUp(topic, lane, error, this.clock.now());
  }

  /** The states of those of the messages that are there, by key. */
  async statesOf(topic: string, keys: readonly string[]): Promise<ReadonlyMap<string, MessageState>> {
    return keys.length === 0 ? new Map() : this.messages.statesOf(topic, keys);
  }

  /** Removes messages. An attempt that is under way goes on, and changes nothing. */
  async remove(topic: string, keys: readonly string[]): Promise<void> {
    if (keys.length > 0) await this.messages.remove(topic, keys);
  }
}
