import { Logger } from '@nestjs/common';
import { type Instant, SECOND } from '../../calendar/time/civil-time.js';
import { byTenant } from '../../database/by-tenant.js';
import type { CurrentTenant } from '../../database/current-tenant.js';
import type { UnitOfWork } from '../../database/unit-of-work.js';
import type { Clock } from '../../platform/clock/clock.js';
import type { LaneCounts } from '../model/lane-counts.js';
import { resultOf } from '../model/next-attempt.js';
import type { AttemptOutcome, AttemptResult, OutboxMessage } from '../model/outbox-message.js';
import type { Attempt, OutboxTopic } from '../model/outbox-topic.js';
import { type DueMessage, runsOf } from '../model/runs.js';
import type { OutboxQueueRepository, StoredAttempt } from '../store/outbox-queue.repository.js';
import { AttemptRecorder } from './attempt-recorder.js';

/**
 * Milliseconds after which no further message of a run begins: its data and its lease are too old.
 * @public Topics with runs add it to the length of an attempt.
 */
export const LONGEST_RUN_MS = 5 * SECOND;

/** Bounds the messages in memory, and the arrays of a statement. */
const TAKEN_AT_ONCE = 1_000;

/** Messages that are sent one after the other: the first, and those after it. */
type Run = readonly OutboxMessage[];

/** The parts of the service that workers of all topics share. */
export interface WorkerParts {
  readonly queue: OutboxQueueRepository;
  readonly lanes: LaneCounts;
  readonly tenant: CurrentTenant;
  readonly unitOfWork: UnitOfWork;
  readonly clock: Clock;
}

/**
 * Sends the due messages of one topic. A message starts as soon as its lanes and the topic have a slot. It is sent at
 * least once, since a process may be killed between an attempt and its record: then the lease ends, and an instance
 * sends the message again.
 */
export class TopicWorker {
  private readonly logger: Logger;
  private readonly recorder: AttemptRecorder;
  private readonly underWay = new Set<Promise<void>>();
  private afterLane = '';
  private stopping = false;

  /** @param slotFree is called each time messages have ended, so that others may start */
  constructor(
    readonly topic: OutboxTopic,
    private readonly parts: WorkerParts,
    private readonly slotFree: () => void,
  ) {
    this.logger = new Logger(`Outbox of ${topic.name}`);
    this.recorder = new AttemptRecorder(topic, parts.queue, parts.tenant, parts.unitOfWork, (error) =>
      this.logger.error(error),
    );
  }

  /** Starts the due messages that may start now. @returns the number of runs */
  async startDue(): Promise<number> {
    for (let total = 0; ; ) {
      const started = this.stopping ? 0 : await this.startSome();
      if (started === 0) return total;
      total += started;
    }
  }

  /** When the next message is due that is not due yet; null: there is none. */
  async nextDueAt(): Promise<Instant | null> {
    const { queue, clock } = this.parts;
    return (await queue.nextDueAfter(this.topic.name, clock.now()))?.getTime() ?? null;
  }

  /** Resolves when the messages under way have ended. */
  async finish(): Promise<void> {
    await Promise.all(this.underWay);
  }

  /** Starts no further message, and waits for those under way. */
  async stop(): Promise<void> {
    this.stopping = true;
    await this.finish();
  }

  private async startSome(): Promise<number> {
    const until = new Date(this.parts.clock.now().getTime() + this.topic.leaseMs);
    const runs: Run[] = [];
    try {
      await this.parts.unitOfWork.run(async () => this.take(runs, until));
    } catch (error) {
      for (const [first] of runs) this.parts.lanes.release(first);
      throw error;
    }
    if (runs.length > 0) this.start(runs, until);
    return runs.length;
  }

  /** Leases due messages, and takes their slots. `runs` receives the messages. */
  private async take(runs: Run[], until: Date): Promise<void> {
    const free = this.topic.limits.atOnce - this.underWay.size;
    // An attempt of the transaction before this one, which failed.
    for (const [first] of runs.splice(0)) this.parts.lanes.release(first);
    if (free <= 0) return;
    const { runs: found, blocked } = runsOf(await this.lockDue(free), this.topic.limits.run);
    for (const run of found) {
      const [first] = run;
      if (runs.length === free || !this.parts.lanes.hasSlotFor(first, this.topic.limits)) continue;
      this.parts.lanes.take(first);
      runs.push(run);
    }
    if (blocked.length > 0) await this.parts.queue.defer(blocked);
    if (runs.length > 0) await this.parts.queue.lease(runs.flat(), until);
  }

  /** The lanes take turns: the search goes on after the last lane that it has found, and then begins again. */
  private async lockDue(free: number): Promise<DueMessage[]> {
    const { atOnceOfLane, atOnceOfSecondLane, run } = this.topic.limits;
    const limit = Math.min(TAKEN_AT_ONCE, free * run);
    const search = {
      topic: this.topic.name,
      now: this.parts.clock.now(),
      busy: this.parts.lanes.busy,
      atOnceOfLane,
      run,
      fullSecondLanes: this.parts.lanes.fullAt(atOnceOfSecondLane),
    };
    const { afterLane } = this;
    const found = await this.parts.queue.lockDue({ ...search, afterLane, limit });
    const rest = limit - found.length;
    if (rest > 0 && afterLane !== '') {
      const known = new Set(found.map(({ id }) => id));
      const more = await this.parts.queue.lockDue({ ...search, afterLane: '', limit: rest });
      found.push(...more.filter(({ id }) => !known.has(id)));
    }
    this.afterLane = rest > 0 ? '' : (found.at(-1)?.lane ?? '');
    return found;
  }

  private start(runs: readonly Run[], until: Date): void {
    const startedAt = this.parts.clock.now().getTime();
    for (const [tenantId, own] of byTenant(runs, ([first]) => first.tenantId)) {
      const attempts = this.parts.tenant.run(tenantId, async () => this.prepare(own.flat()));
      for (const run of own) this.startRun(run, attempts, until, startedAt);
    }
  }

  /** @returns null if it fails: the lease ends, and the messages are due again */
  private async prepare(messages: readonly OutboxMessage[]): Promise<ReadonlyMap<number, Attempt> | null> {
    try {
      const attempts = await this.topic.prepare(messages);
      return new Map(messages.map(({ id }, index) => [id, attempts[index]]));
    } catch (error) {
      this.logger.error(error);
      return null;
    }
  }

  private startRun(
    run: Run,
    attempts: Promise<ReadonlyMap<number, Attempt> | null>,
    until: Date,
    startedAt: Instant,
  ): void {
    const work = attempts
      .then(async (prepared) =>
        this.parts.tenant.run(run[0].tenantId, async () => {
          if (prepared) await this.send(run, prepared, until, startedAt);
        }),
      )
      .catch((error: unknown) => this.logger.error(error))
      .finally(() => {
        this.parts.lanes.release(run[0]);
        this.underWay.delete(work);
        this.slotFree();
      });
    this.underWay.add(work);
  }

  private async send(
    run: Run,
    attempts: ReadonlyMap<number, Attempt>,
    leasedUntil: Date,
    startedAt: Instant,
  ): Promise<void> {
    const records: Promise<void>[] = [];
    let retryAt: Date | null = null;
    for (const message of run) {
      const now = this.parts.clock.now();
      const isFirst = message === run[0];
      const isLate = !isFirst && (this.stopping || now.getTime() - startedAt > LONGEST_RUN_MS);
      const attempt = attempts.get(message.id);
      if (retryAt !== null || isLate || !attempt) {
        records.push(this.giveBack(message, leasedUntil, retryAt ?? now));
        continue;
      }
      const outcome = await outcomeOf(attempt);
      const result = resultOf(this.topic, message, outcome, this.parts.clock.now(), Math.random());
      retryAt = result.nextAttemptAt;
      records.push(this.recorder.record({ stored: storedOf(result, leasedUntil), result }));
    }
    await Promise.all(records);
  }

  /** Ends the lease of a message that was not sent. It counts as no attempt. */
  private async giveBack(message: OutboxMessage, leasedUntil: Date, nextAttemptAt: Date): Promise<void> {
    const stored: StoredAttempt = {
      message,
      leasedUntil,
      status: 'pending',
      attempts: message.attempts - 1,
      nextAttemptAt,
      endedAt: null,
      outcome: null,
    };
    await this.recorder.record({ stored, result: null });
  }
}

function storedOf(result: AttemptResult, leasedUntil: Date): StoredAttempt {
  const { message, outcome, status, nextAttemptAt, endedAt } = result;
  return { message, outcome, status, attempts: message.attempts, nextAttemptAt, endedAt, leasedUntil };
}

async function outcomeOf(attempt: Attempt): Promise<AttemptOutcome> {
  try {
    return await attempt();
  } catch (error) {
    return { kind: 'retry', statusCode: null, error: error instanceof Error ? error.message : String(error) };
  }
}
