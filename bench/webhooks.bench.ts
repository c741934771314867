import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/data-source-options.js';
import { type Instance, startInstance } from './load/instance.js';
import { processorTime } from './load/processor-time.js';
import type { Scenario } from './scenario.js';
import { newDatabase } from './scheduling/database.js';

const EVENTS = 5_000;
const BATCH = 100;
const SUBSCRIPTIONS = 10;
const KEY = 'cal_the-key-of-the-benchmark-0123456789-0123456789';
const TYPES = ['event.created', 'event.updated'];
const START = Date.UTC(2126, 0, 1);

interface Owners {
  readonly name: string;
  /** The users whom each event invites. */
  readonly invited: (users: readonly number[]) => readonly number[];
  readonly scopeOf: (user: number) => object;
}

const OWNERS: readonly Owners[] = [
  { name: 'of the tenant', invited: () => [], scopeOf: () => ({}) },
  {
    name: 'of a user each, who attends each event',
    invited: (users) => users,
    scopeOf: (user) => ({ user_id: user }),
  },
];

/** Measures how fast one instance delivers the changes that were made before it started. */
export const scenario: Scenario = {
  title: 'Webhooks',
  run: async () => {
    // The default settings of durability: PostgreSQL writes each commit to the disk.
    const server = await startThrowAwayPostgres({});
    const receiver = spawn(process.execPath, [
      fileURLToPath(new URL('receiver-instance.js', import.meta.url)),
    ]);
    try {
      const hook = `http://127.0.0.1:${await portOf(receiver)}/hook`;
      const rows: string[] = [];
      for (const [index, owners] of OWNERS.entries())
        rows.push(await measure(await newDatabase(server.url, `bench_${index}`), hook, owners));
      return [
        `One instance delivers ${(EVENTS * 2).toLocaleString('en-US')} changes to ${SUBSCRIPTIONS} subscriptions: ${EVENTS.toLocaleString('en-US')} events are created and changed once, while no instance sends. The time begins with the start of the instance. The receiver is a process of its own on the same machine:`,
        '',
        '| subscriptions | seconds | changes a second | deliveries a second | processor time of the instance for a delivery, ms |',
        '|---|---:|---:|---:|---:|',
        ...rows,
      ].join('\n');
    } finally {
      receiver.kill();
      await server.stop();
    }
  },
};

async function measure(databaseUrl: string, hook: string, owners: Owners): Promise<string> {
  const variables = { BOOTSTRAP_API_KEY: KEY, WEBHOOK_ALLOW_PRIVATE: 'true' };
  const writing = await startInstance(databaseUrl, { ...variables, WEBHOOK_DISPATCH: 'off' });
  await change(writing, hook, owners);
  await writing.stop();
  const dataSource = await new DataSource(dataSourceOptions(databaseUrl)).initialize();
  const startedAt = performance.now();
  const sending = await startInstance(databaseUrl, variables);
  const deliveries = EVENTS * 2 * SUBSCRIPTIONS;
  while ((await delivered(dataSource)) < deliveries) await sleep(500);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = await processorTime(sending.pid);
  await sending.stop();
  await dataSource.destroy();
  const rate = (count: number) => Math.round(count / seconds).toLocaleString('en-US');
  return `| ${owners.name} | ${seconds.toFixed(1)} | ${rate(EVENTS * 2)} | ${rate(deliveries)} | ${(cpu / deliveries).toFixed(2)} |`;
}

async function change(instance: Instance, hook: string, { invited, scopeOf }: Owners): Promise<void> {
  const post = async (path: string, body: object): Promise<{ id: number; events: { id: number }[] }> => {
    const response = await fetch(instance.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`);
    return (await response.json()) as { id: number; events: { id: number }[] };
  };
  const users: number[] = [];
  for (let index = 0; index <= SUBSCRIPTIONS; index += 1)
    users.push((await post('/users', { name: 'user', email: `user${index}@example.com` })).id);
  const [organizer, ...others] = users;
  for (const user of others)
    await post('/webhook-subscriptions', { url: hook, types: TYPES, ...scopeOf(user) });
  for (let done = 0; done < EVENTS; done += BATCH) {
    const { events } = await post('/events:batch-create', {
      requests: Array.from({ length: BATCH }, (_, index) => ({
        title: `Event ${done + index}`,
        organizer_user_id: organizer,
        invited_user_ids: invited(others),
        start_date: new Date(START + (done + index) * 3_600_000).toISOString(),
        duration: 3_600,
      })),
    });
    await post('/events:batch-update', {
      requests: events.map(({ id }) => ({ id, title: `Changed ${id}` })),
    });
  }
}

async function delivered(dataSource: DataSource): Promise<number> {
  const [{ count }]: [{ count: number }] = await dataSource.query(
    `SELECT count(*)::integer AS count FROM outbox_messages WHERE topic = 'webhook' AND status = 'delivered'`,
  );
  return count;
}

async function portOf({ stdout }: ChildProcess): Promise<string> {
  const [printed] = (await once(stdout as NodeJS.EventEmitter, 'data')) as [Buffer];
  return String(printed).trim();
}
