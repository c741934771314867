import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { newEvent, someone, WEEK } from './load/requests.js';
import type { Call } from './load/send.js';
import { startPgBouncer } from './pooler/pgbouncer.js';
import type { Scenario } from './scenario.js';
import { addEvents, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf } from './scheduling/dataset.js';

const SECONDS = 4;
const ROUNDS = 3;
const CALLERS = 8;

/** A path from the service to PostgreSQL. */
interface Way {
  readonly name: string;
  readonly instance: Instance;
  /** The pooler's process. */
  readonly pooler: number | null;
}

/** Milliseconds of processor time a request. */
interface Cost {
  readonly service: number;
  readonly server: number;
  readonly pooler: number;
}

/** Measures the cost of `DATABASE_POOLER=transaction`, with and without Debian's `pgbouncer`, which must be installed. */
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
        { name: 'only the mode', instance: await startInstance(url, mode), pooler: null },
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
        `${CALLERS} clients for ${SECONDS} s a path and round, the paths in turn, the minimum of ${ROUNDS} rounds. "Only the mode" is \`DATABASE_POOLER=transaction\` without a pooler. In brackets: the ratio to the first row of the request, in the same run.`,
        [
          '| request | path | service, ms of processor a request | PostgreSQL | PgBouncer | total |',
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
  ['create an event with two invited users', () => ['POST', '/events', newEvent()]],
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
