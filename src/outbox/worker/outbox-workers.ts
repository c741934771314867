import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { SECOND } from '../../calendar/time/civil-time.js';
import { CurrentTenant } from '../../database/current-tenant.js';
import { DatabaseOpening } from '../../database/database-opening.js';
import { UnitOfWork } from '../../database/unit-of-work.js';
import { Clock } from '../../platform/clock/clock.js';
import { WorkLoop } from '../../platform/work/work-loop.js';
import { LaneCounts } from '../model/lane-counts.js';
import type { OutboxTopic } from '../model/outbox-topic.js';
import { OutboxQueueRepository } from '../store/outbox-queue.repository.js';
import { TopicWorker } from './topic-worker.js';

/** A topic with many messages must not make all others search at each of them. */
const OTHER_TOPICS_PAUSE_MS = SECOND;

/**
 * Sends the messages of the registered topics while the process runs: a loop for each topic, so that no topic delays
 * another. At the end of the process, the loops wait for the messages under way.
 */
@Injectable()
export class OutboxWorkers implements OnModuleDestroy {
  private readonly logger = new Logger(OutboxWorkers.name);
  private readonly lanes = new LaneCounts();
  private readonly workers = new Map<string, TopicWorker>();
  private readonly loops = new Map<string, WorkLoop>();
  private readonly listeners: (() => void)[] = [];

  constructor(
    private readonly queue: OutboxQueueRepository,
    private readonly tenant: CurrentTenant,
    private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
    opening: DatabaseOpening,
  ) {
    opening.onOpen(() => {
      for (const loop of this.loops.values()) loop.start();
    });
  }

  /** Adds a topic. Modules call this before the service opens its database, in `onModuleInit`. */
  register(topic: OutboxTopic): void {
    const { queue, lanes, tenant, unitOfWork, clock } = this;
    const worker = new TopicWorker(topic, { queue, lanes, tenant, unitOfWork, clock }, () =>
      this.slotFree(topic.name),
    );
    this.workers.set(topic.name, worker);
    if (!topic.isSent) return;
    const run = async () => {
      await worker.startDue();
      return worker.nextDueAt();
    };
    const failed = (error: unknown) =>
      this.logger.error(error instanceof Error ? (error.stack ?? error.message) : error);
    this.loops.set(topic.name, new WorkLoop({ run, failed }, clock));
  }

  get topics(): OutboxTopic[] {
    return [...this.workers.values()].map(({ topic }) => topic);
  }

  /** Looks for due messages of the topic, if this instance sends them. */
  wake(topic: string): void {
    this.loops.get(topic)?.wakeBy(this.clock.now().getTime());
  }

  /** Calls `listener` each time messages have ended, so that others may start. */
  onSlotFree(listener: () => void): void {
    this.listeners.push(listener);
  }

  /** Starts the due messages of all topics that may start now. @returns the number of runs */
  async startDue(): Promise<number> {
    let total = 0;
    for (const worker of this.workers.values()) total += await worker.startDue();
    return total;
  }

  /** Resolves when the messages under way have ended. */
  async finish(): Promise<void> {
    await Promise.all([...this.workers.values()].map(async (worker) => worker.finish()));
  }

  async onModuleDestroy(): Promise<void> {
    const stopped = [...this.workers.values()].map(async (worker) => worker.stop());
    await Promise.all([...this.loops.values()].map(async (loop) => loop.stop()));
    await Promise.all(stopped);
    await this.finish();
  }

  /** A message of one topic may have held the slot of a lane for which a message of another topic waits. */
  private slotFree(topic: string): void {
    this.wake(topic);
    const soon = this.clock.now().getTime() + OTHER_TOPICS_PAUSE_MS;
    for (const loop of this.loops.values()) loop.wakeBy(soon);
    for (const listener of this.listeners) listener();
  }
}
