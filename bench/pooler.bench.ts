import { startThrowAwayPostgres } from '../src/database/embedded/throw-away-postgres.js';
import { type Call, callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { startPgBouncer } from './pooler/pgbouncer.js';
import type { Scenario } from './scenario.js';
import { addEvents, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, TODAY, USERS } from './scheduling/dataset.js';

const SECONDS = 4;
const ROUNDS = 3;
const CALLERS = 8;
const WEEK = `from=${instant(0)}&to=${instant(7)}`;

/** A way from the service to PostgreSQL. */
interface Way {
  readonly name: string;
  readonly instance: Instance;
  /** The pooler's process. */
  readonly pooler: number | null;
}

/** Milliseconds of processor a call. */
interface Cost {
  readonly service: number;
  readonly server: number;
  readonly pooler: number;
}

/** What `DATABASE_POOLER=transaction` costs, with and without Debian's `pgbouncer`, which has to be installed. */
export const scenario: Scenario = {
  title: 'Pooler in transaction mode',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      const postmaster = await postmasterPid(server);
      const pgBouncer = await startPgBouncer(url, 'transaction', CALLERS);
      const mode = { DATABASE_POOLER: 'transaction' };
      const ways: Way[] = [
        { name: 'no pooler', instance: await startInstance(url), pooler: null },
        { name: 'the mode alone', instance: await startInstance(url, mode), pooler: null },
        {
          name: 'behind PgBouncer',
          instance: await startInstance(pgBouncer.urlOf(url), mode),
          pooler: pgBouncer.pid,
        },
      ];
      const rows: string[] = [];
      for (const [name, next] of CALLS) rows.push(...(await rowsOf(name, next, ways, postmaster)));
      for (const { instance } of ways) await instance.stop();
      await pgBouncer.stop();
      return [
        `${CALLERS} callers for ${SECONDS} s a way and round, the ways in turn, the least of ${ROUNDS} rounds. "The mode alone" is \`DATABASE_POOLER=transaction\` on the server itself. In brackets: how many times the first row of the call, in the same run.`,
        [
          '| call | way | service, ms of processor a call | PostgreSQL | PgBouncer | together |',
          '|---|---|---:|---:|---:|---:|',
          ...rows,
        ].join('\n'),
      ].join('\n\n');
    } finally {
      await server.stop();
    }
  },
};

const CALLS: [string, () => Call][] = [
  ['create an event with two invitees', () => ['POST', '/events', newEvent()]],
  ['read an event', () => ['GET', `/events/${someone()}`]],
  ['list a week', () => ['GET', `/users/${someone()}/events?${WEEK}`]],
];

async function rowsOf(
  name: string,
  next: () => Call,
  ways: readonly Way[],
  postmaster: number,
): Promise<string[]> {
  const costs = ways.map((): Cost[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, way] of ways.entries()) {
      await callFor(1, CALLERS, [way.instance.url], next);
      costs[index].push(await costOf(way, next, postmaster));
    }
  }
  const least = costs.map((each) => each.toSorted((a, b) => totalOf(a) - totalOf(b))[0]);
  return least.map((cost, index) => {
    const cells = [
      cost.service.toFixed(2),
      cost.server.toFixed(2),
      cost.pooler === 0 ? '–' : cost.pooler.toFixed(2),
      `${totalOf(cost).toFixed(2)} (${(totalOf(cost) / totalOf(least[0])).toFixed(2)}×)`,
    ];
    return `| ${name} | ${ways[index].name} | ${cells.join(' | ')} |`;
  });
}

async function costOf({ instance, pooler }: Way, next: () => Call, postmaster: number): Promise<Cost> {
  const spent = async (): Promise<number[]> =>
    Promise.all([instance.pid, postmaster, ...(pooler === null ? [] : [pooler])].map(processorTime));
  const before = await spent();
  const { calls } = await callFor(SECONDS, CALLERS, [instance.url], next);
  const after = await spent();
  const [service, server, between = 0] = after.map((time, index) => (time - before[index]) / calls);
  return { service, server, pooler: between };
}

function totalOf({ service, server, pooler }: Cost): number {
  return service + server + pooler;
}

function newEvent(): object {
  return {
    title: 'Planning',
    start_date: instant(Math.floor(Math.random() * 300)),
    duration: 3600,
    organizer_user_id: someone(),
    invited_user_ids: [someone(), someone()],
  };
}

function someone(): number {
  return 1 + Math.floor(Math.random() * USERS);
}

function instant(days: number): string {
  return new Date(TODAY + days * 86_400_000).toISOString();
}
