import { setTimeout as sleep } from 'node:timers/promises';
import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { DataSource } from 'typeorm';
import { DAY, MINUTE } from '../src/calendar/time/civil-time.js';
import { dataSourceOptions } from '../src/data-source-options.js';
import { runMigrations } from '../src/database/run-migrations.js';
import { Instance } from './reminder-instance.js';
import { fill } from './reminder-load.js';
import type { Scenario } from './scenario.js';

const BURST = 20_000;
const IDLE = 100_000;
const IDLE_SECONDS = 30;

export const scenario: Scenario = {
  title: 'Reminders',
  run: async () => {
    // The default settings of durability: PostgreSQL writes each batch to the disk before the next one.
    const server = await startThrowAwayPostgres({});
    const dataSource = await new DataSource(dataSourceOptions(server.url)).initialize();
    try {
      await runMigrations(dataSource);
      await dataSource.query('SET statement_timeout = 0');
      return [await bursts(dataSource, server.url), await idleness(dataSource, server.url)].join('\n\n');
    } finally {
      await dataSource.destroy();
      await server.stop();
    }
  },
};

async function bursts(dataSource: DataSource, url: string): Promise<string> {
  const rows: string[] = [];
  for (const instances of [1, 2]) rows.push(await burst(dataSource, url, instances));
  return [
    `${BURST.toLocaleString('en-US')} reminders are due at once. Each belongs to an endless series of four attendees. The service writes them to the log:`,
    '',
    '| instances | reminders a second | fired by each instance | doubled |',
    '|---:|---:|---|---:|',
    ...rows,
  ].join('\n');
}

async function burst(dataSource: DataSource, url: string, count: number): Promise<string> {
  await fill(dataSource, BURST, Date.now() + 5 * MINUTE);
  const instances = await Promise.all(Array.from({ length: count }, async () => Instance.start(url)));
  await dataSource.query(`UPDATE pending_reminders SET due_at = now() + interval '12 seconds'`);
  while (instances.reduce((sum, { reminders }) => sum + reminders, 0) < BURST) await sleep(50);
  await Promise.all(instances.map(async (instance) => instance.stop()));
  const fired = instances.map(({ reminders }) => reminders);
  const seconds =
    (Math.max(...instances.map(({ lastAt }) => lastAt ?? 0)) -
      Math.min(...instances.map(({ firstAt }) => firstAt ?? Infinity))) /
    1_000;
  const rate = Math.round(BURST / seconds).toLocaleString('en-US');
  const doubled = fired.reduce((sum, share) => sum + share) - BURST;
  return `| ${count} | ${rate} | ${fired.join(', ')} | ${doubled} |`;
}

async function idleness(dataSource: DataSource, url: string): Promise<string> {
  const rows: string[] = [];
  for (const pending of [0, IDLE]) {
    await fill(dataSource, pending, Date.now() + 30 * DAY);
    const instance = await Instance.start(url);
    // After this pause, the processor time excludes the start.
    await sleep(5_000);
    const before = await counters(dataSource, instance);
    await sleep(IDLE_SECONDS * 1_000);
    const after = await counters(dataSource, instance);
    await instance.stop();
    rows.push(
      `| ${pending.toLocaleString('en-US')} | ${after.cpu - before.cpu} | ${after.pages - before.pages} |`,
    );
  }
  return [
    `The cost of an idle instance in ${IDLE_SECONDS} seconds:`,
    '',
    '| pending | processor time of the instance, ms | index pages that PostgreSQL read for it |',
    '|---:|---:|---:|',
    ...rows,
  ].join('\n');
}

async function counters(dataSource: DataSource, instance: Instance): Promise<{ cpu: number; pages: number }> {
  const [{ pages }] = await dataSource.query<{ pages: number }[]>(
    `SELECT (idx_blks_hit + idx_blks_read)::integer AS pages FROM pg_statio_user_tables
      WHERE relname = 'pending_reminders'`,
  );
  return { cpu: await instance.cpu(), pages };
}
