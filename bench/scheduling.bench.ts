import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { DAY } from '../src/calendar/civil-time.js';
import type { Interval } from '../src/calendar/interval.js';
import { formatInstant } from '../src/common/instant.js';
import { startEmbeddedPostgres } from '../src/database/embedded/embedded-postgres.js';
import { addEvents, createDatabase } from './scheduling/database.js';
import { calendarOf, pastOf, TODAY, USERS } from './scheduling/dataset.js';
import { IndexRead, MemorySweep } from './scheduling/floors.js';
import { measure, median, quantile, type Subject, type Timings } from './scheduling/measure.js';
import { Service } from './scheduling/service.js';

const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 100);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 300);

const WEEK: Interval = { start: TODAY, end: TODAY + 7 * DAY };
const YEAR: Interval = { start: TODAY, end: TODAY + 365 * DAY };

export async function run(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'calendar-bench-'));
  await chmod(directory, 0o711);
  const server = await startEmbeddedPostgres({
    dataDir: directory,
    temporary: true,
    settings: { fsync: 'off' },
  });
  try {
    const client = await createDatabase(server.url);
    log(`building`);
    await addEvents(client, calendarOf);
    log(`built`);
    await round(client, server.url);
    if (process.env.BENCH_PAST !== '0') {
      await addEvents(client, pastOf);
      log(`past added`);
      await round(client, server.url);
    }
    await client.end();
  } finally {
    await server.stop();
  }
}

function log(text: string) {
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);
}

async function round(client: Client, url: string): Promise<void> {
  const sweep = await MemorySweep.of(
    client,
    Array.from({ length: USERS }, (_, index) => index + 1),
  );
  log('read');
  const service = await Service.start(url);
  const index = new IndexRead(client);
  const user = (r: number, k = 0) => ((r * 7 + k * 3) % USERS) + 1;
  const group = (r: number, size: number) => Array.from({ length: size }, (_, k) => user(r, k));
  const week = `from=${formatInstant(WEEK.start)}&to=${formatInstant(WEEK.end)}`;
  const subjects: Subject[] = [
    { name: 'empty', run: async () => service.get('/health/live') },
    { name: 'list index', run: async (r) => index.events(user(r), WEEK) },
    { name: 'list', run: async (r) => service.get(`/users/${user(r)}/events?${week}`) },
    { name: 'busy index', run: async (r) => index.times([user(r)], WEEK) },
    { name: 'busy sweep', run: async (r) => sweep.busy(user(r), WEEK) },
    { name: 'busy', run: async (r) => service.get(`/free-busy?user_ids=${user(r)}&${week}`) },
  ];
  for (const size of [2, 10, 50]) {
    const wh = true;
    const windows = await Promise.all(
      Array.from({ length: 40 }, (_, r) => sweep.nearest(group(r, size), YEAR, wh)),
    );
    log(`${size}: windows ${windows.map((w) => w.length).join(' ')}`);
    subjects.push(
      {
        name: `nearest ${size} index`,
        run: async (r) => {
          for (const window of windows[r % 40]) await index.times(group(r % 40, size), window);
        },
      },
      { name: `nearest ${size} sweep`, run: async (r) => sweep.nearest(group(r % 40, size), YEAR, wh) },
      {
        name: `nearest ${size}`,
        run: async (r) =>
          service.get(
            `/events:nearest-empty-time-interval?duration=1h&from=${formatInstant(TODAY)}&${group(
              r % 40,
              size,
            )
              .map((id) => `user_ids=${id}`)
              .join('&')}`,
          ),
      },
    );
  }
  const timings = await measure(subjects, WARM_UP, ROUNDS);
  for (const [name, all] of timings)
    log(`${name.padEnd(20)} median ${median(all).toFixed(3)} p99 ${quantile(all, 0.99).toFixed(3)}`);
  const m = (n: string) => median(timings.get(n) as Timings);
  log(
    `list ratio ${((m('list') - m('empty')) / m('list index')).toFixed(2)}  busy ratio ${((m('busy') - m('empty')) / (m('busy index') + m('busy sweep'))).toFixed(2)} nearest ${[2, 10, 50].map((s) => (m(`nearest ${s}`) / (m(`nearest ${s} index`) + m(`nearest ${s} sweep`))).toFixed(2)).join(' ')}`,
  );
  await service.stop();
}
