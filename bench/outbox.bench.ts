import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/data-source-options.js';
import { CurrentTenant } from '../src/database/current-tenant.js';
import type { DatabaseOpening } from '../src/database/database-opening.js';
import { runMigrations } from '../src/database/run-migrations.js';
import { UnitOfWork } from '../src/database/unit-of-work.js';
import type { AttemptOutcome, OutboxMessage } from '../src/outbox/model/outbox-message.js';
import type { OutboxTopic } from '../src/outbox/model/outbox-topic.js';
import { OutboxQueueRepository } from '../src/outbox/store/outbox-queue.repository.js';
import { OutboxWorkers } from '../src/outbox/worker/outbox-workers.js';
import { Clock } from '../src/platform/clock/clock.js';
import { KeptConnections } from '../src/platform/network/kept-connections.js';
import { callWebhook } from '../src/platform/network/signed-webhook.js';
import type { Scenario } from './scenario.js';

const MESSAGES = 100_000;
const LANES = 10;
const SLOW_SECONDS = 10;
const WARM_UP_MS = 1_000;
const connections = new KeptConnections();
const KEY = Buffer.from('a key of the benchmark');

class SystemClock extends Clock {
  now(): Date {
    return new Date();
  }
}

export const scenario: Scenario = {
  title: 'Outbox',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    const dataSource = await new DataSource(dataSourceOptions(server.url)).initialize();
    const receiver = spawn(process.execPath, [
      fileURLToPath(new URL('receiver-instance.js', import.meta.url)),
    ]);
    try {
      await runMigrations(dataSource);
      const port = await portOf(receiver);
      return await measure(dataSource, `http://127.0.0.1:${port}`);
    } finally {
      connections.close();
      receiver.kill();
      await dataSource.destroy();
      await server.stop();
    }
  },
};

async function portOf({ stdout }: ChildProcess): Promise<string> {
  const [printed] = (await once(stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  return String(printed).trim();
}

async function measure(dataSource: DataSource, url: string): Promise<string> {
  const nothing = await rateOf(dataSource, 1_000, async () => delivered());
  const called = await rateOf(dataSource, 1_000, async (message) => call(`${url}/${message.lane}`, message));
  const oneGroup = await rateOf(dataSource, 1, async (message) => call(`${url}/${message.lane}`, message));
  const [others, slow] = await besideSlow(dataSource, url);
  return [
    `One instance sends ${MESSAGES.toLocaleString('en-US')} messages in ${LANES} lanes. The receiver is a process of its own on the same machine:`,
    '',
    '| messages | messages a second | processor time of the instance for a message, ms |',
    '|---|---:|---:|',
    `| without a call, in 1,000 groups a lane | ${nothing} |`,
    `| signed webhooks, in 1,000 groups a lane | ${called} |`,
    `| signed webhooks, in one group a lane | ${oneGroup} |`,
    '',
    `Where the receiver of one lane takes a second for each webhook, the other lanes have ${others} webhooks a second, and that lane has ${slow}.`,
  ].join('\n');
}

async function rateOf(
  dataSource: DataSource,
  groups: number,
  attempt: (message: OutboxMessage) => Promise<AttemptOutcome>,
): Promise<string> {
  const sent = { count: 0 };
  const { stop, wake } = await start(dataSource, async (message) => {
    const outcome = await attempt(message);
    sent.count += 1;
    return outcome;
  });
  await fill(dataSource, groups);
  wake();
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  while (sent.count < MESSAGES) await sleep(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  const { user, system } = process.cpuUsage(cpu);
  await stop();
  const rate = Math.round(MESSAGES / seconds).toLocaleString('en-US');
  return `${rate} | ${((user + system) / MESSAGES / 1_000).toFixed(2)}`;
}

/** @returns the rates of the other lanes and of the slow one */
async function besideSlow(dataSource: DataSource, url: string): Promise<[string, string]> {
  const counts = { slow: 0, others: 0 };
  const { stop, wake } = await start(dataSource, async (message) => {
    const isSlow = message.lane === 'lane 0';
    const outcome = await call(`${url}/${message.lane}${isSlow ? '/slow' : ''}`, message);
    counts[isSlow ? 'slow' : 'others'] += 1;
    return outcome;
  });
  await fill(dataSource, 1_000);
  wake();
  await sleep(SLOW_SECONDS * 1_000);
  const rates = [counts.others, counts.slow].map((count) =>
    Math.round(count / SLOW_SECONDS).toLocaleString('en-US'),
  );
  await stop();
  return rates as [string, string];
}

/** Adds due messages: each tenth in one lane, and each lane with some groups. */
async function fill(dataSource: DataSource, groups: number): Promise<void> {
  await dataSource.query(
    `INSERT INTO outbox_messages (tenant_id, topic, key, group_key, lane, payload, next_attempt_at, created_at)
     SELECT 1, 'bench', i::text, 'lane ' || i % $2::integer || ' group ' || i / $2::integer % $3::integer,
            'lane ' || i % $2::integer, jsonb_build_object('sequence', i), now(), now()
       FROM generate_series(1, $1) AS i`,
    [MESSAGES, LANES, groups],
  );
}

/** Starts a worker of an empty outbox, as a service does. */
async function start(
  dataSource: DataSource,
  attempt: (message: OutboxMessage) => Promise<AttemptOutcome>,
): Promise<{ readonly stop: () => Promise<void>; readonly wake: () => void }> {
  await dataSource.query('TRUNCATE outbox_messages');
  const begins: (() => void)[] = [];
  const opening = { onOpen: (begin: () => void) => begins.push(begin) } as unknown as DatabaseOpening;
  const unitOfWork = new UnitOfWork(dataSource);
  const queue = new OutboxQueueRepository(unitOfWork);
  const workers = new OutboxWorkers(queue, new CurrentTenant(), unitOfWork, new SystemClock(), opening);
  workers.register(topicOf(attempt));
  for (const begin of begins) begin();
  await sleep(WARM_UP_MS);
  return { stop: async () => workers.onModuleDestroy(), wake: () => workers.wake('bench') };
}

function topicOf(attempt: (message: OutboxMessage) => Promise<AttemptOutcome>): OutboxTopic {
  return {
    name: 'bench',
    isSent: true,
    limits: { atOnce: 200, atOnceOfLane: 20, atOnceOfSecondLane: 20, run: 20 },
    leaseMs: 60_000,
    retryDelaysMs: [5_000],
    jitter: 0.2,
    keptMs: 60_000,
    prepare: async (messages) => messages.map((message) => async () => attempt(message)),
  };
}

async function call(url: string, message: OutboxMessage): Promise<AttemptOutcome> {
  const statusCode = await callWebhook(new URL(url), {
    id: message.key,
    sentAt: new Date(),
    body: JSON.stringify(message.payload),
    keys: [KEY],
    timeoutMs: 10_000,
    allowPrivate: true,
    connections,
  });
  return { ...delivered(), statusCode };
}

function delivered(): AttemptOutcome {
  return { kind: 'delivered', statusCode: null, error: null };
}
