import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import ICAL from 'ical.js';
import { megabytes } from './import/megabytes.js';
import { fileOf } from './import/simple-events.js';
import { memoryOfSubscription } from './import/subscription-memory.js';
import type { Scenario } from './scenario.js';
import { connected, createUsers, newDatabase } from './scheduling/database.js';
import { quantile } from './scheduling/requests.js';
import { Service } from './scheduling/service.js';

const EVENTS = 5_000;
/** The first round warms up. */
const ROUNDS = 4;

/** The largest file, of events of the size that Google exports. */
const MANY = 20_000;

interface Results {
  readonly results: readonly { readonly status: string }[];
}

/** Imports files of simple events over HTTP, beside the bare parse of ical.js of the same files. */
export const scenario: Scenario = {
  title: 'Import',
  run: async () => {
    const server = await startThrowAwayPostgres({ fsync: 'off' });
    try {
      const url = await newDatabase(server.url, 'bench_import');
      await createUsers(url);
      const many = fileOf(MANY, 'many');
      const parse = await timed(async () => ICAL.parse(many));
      const times = (ms: number) => `${(ms / parse).toFixed(1)} ×`;
      const before = await executionTime(url);
      const fresh = await Service.start(url);
      const { now: idle } = await fresh.memory();
      const busyBefore = await fresh.processorTime();
      const large = await timed(async () => importOf(fresh, 90, many));
      const busy = (await fresh.processorTime()) - busyBefore;
      const { most: peak } = await fresh.memory();
      await fresh.stop();
      const executed = (await executionTime(url)) - before;
      const subscription = await memoryOfSubscription(url);
      const service = await Service.start(url);
      const measured = await measure(service);
      await service.stop();
      return [
        `Files of ${EVENTS.toLocaleString('en-US')} simple events over HTTP, and the parse of the same file by ical.js in this process. Medians of ${ROUNDS - 1} rounds in milliseconds. PostgreSQL does not wait for the disk.`,
        ['| | ms | events a second |', '|---|---:|---:|', ...measured].join('\n'),
        `A file of ${MANY.toLocaleString('en-US')} events in a fresh process and a new database: ${whole(large)} ms, ${whole((MANY * 1000) / large)} events a second. PostgreSQL executes statements for ${whole(executed)} ms of these. The other ${whole(large - executed)} ms are ${times(large - executed)} the parse by ical.js, also in a fresh process (${whole(parse)} ms). The service reads some objects while PostgreSQL works: its processor time is ${whole(busy)} ms, ${times(busy)} the parse. Memory: ${megabytes(idle)} before, at most ${megabytes(peak)}.`,
        subscription,
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

/** Milliseconds for which the sessions of the database that have ended were executing statements. */
async function executionTime(url: string): Promise<number> {
  const client = await connected(url);
  const [{ ms }] = (
    await client.query('SELECT active_time AS ms FROM pg_stat_database WHERE datname = current_database()')
  ).rows;
  await client.end();
  return ms;
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

async function measure(service: Service): Promise<string[]> {
  const times: Record<string, number[]> = {};
  const note = (name: string, ms: number, round: number) => {
    if (round > 0) (times[name] ??= []).push(ms);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const file = fileOf(EVENTS, `round-${round}`);
    const user = 1 + round;
    note('the parse by ical.js', await timed(async () => ICAL.parse(file)), round);
    note(
      'validation alone',
      await timed(async () => importOf(service, user, file, '?validate_only=true')),
      round,
    );
    note('the import', await timed(async () => importOf(service, user, file)), round);
    note('the same file again', await timed(async () => importOf(service, user, file)), round);
    note('the export', await timed(async () => service.get(`/users/${user}/events.ics`)), round);
  }
  return Object.entries(times).map(([name, all]) => {
    const ms = quantile(
      all.toSorted((a, b) => a - b),
      0.5,
    );
    return `| ${name} | ${whole(ms)} | ${whole((EVENTS * 1000) / ms)} |`;
  });
}

async function importOf(service: Service, user: number, file: string, query = ''): Promise<void> {
  const { results } = await service.postFile<Results>(`/users/${user}/events:import${query}`, file);
  const refused = results.filter(({ status }) => status === 'refused').length;
  if (refused > 0) throw new Error(`${refused} objects were refused.`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
