import {
  startThrowAwayPostgres,
  startThrowAwayStandby,
  type ThrowAwayPostgres,
} from '@calendar-backend/embedded-postgres/testing';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid } from './load/processor-time.js';
import { instant, newEvent, someone, usersOf, WEEK } from './load/requests.js';
import type { Call } from './load/send.js';
import { loadNow } from './pairs/pair-report.js';
import { type Deployment, measure, type Round, totalOf } from './pooler/deployment.js';
import { type PgBouncer, startPgBouncer } from './pooler/pgbouncer.js';
import { replicaDelay } from './pooler/replica-delay.js';
import type { Scenario } from './scenario.js';
import { addEvents, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf } from './scheduling/dataset.js';

const SECONDS = 3;
const ROUNDS = 3;
const CALLERS = 8;
const MODE = { DATABASE_POOLER: 'transaction' };

/**
 * Measures the cost of `DATABASE_POOLER=transaction`, with and without Debian's `pgbouncer`, which must be installed, and
 * two instances behind it with a replica.
 */
export const scenario: Scenario = {
  title: 'Pooler in transaction mode',
  run: async () => {
    const load = loadNow();
    const server = await startThrowAwayPostgres({});
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      return [
        `${CALLERS} clients for ${SECONDS} s a deployment and round, the deployments in turn; of ${ROUNDS} rounds, the one with the least processor time. "Only the mode" is \`DATABASE_POOLER=transaction\` without a pooler. In brackets: the ratio to the first row of the request, in the same run. Services, PostgreSQL with \`fsync\`, PgBouncer and the clients share the processors. The replica follows the primary in the rows of all deployments, and its own time counts where a deployment reads from it.`,
        await figuresOf(server, url),
        `Load average of the machine for 1, 5 and 15 minutes: ${load} at the start, ${loadNow()} at the end.`,
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
  ['free/busy of ten users for a week', () => ['GET', `/free-busy?${usersOf(10)}&${WEEK}`]],
  [
    'nearest hour of two users',
    () => ['GET', `/events:nearest-empty-time-interval?duration=1h&${usersOf(2)}&from=${instant(0)}`],
  ],
];

async function figuresOf(server: ThrowAwayPostgres, url: string): Promise<string> {
  const standby = await startThrowAwayStandby(server, {});
  const pgBouncer = await startPgBouncer(url, 'transaction', CALLERS);
  let deployments: Deployment[] = [];
  try {
    deployments = await startDeployments(server, url, pgBouncer, standby);
    const rows: string[] = [];
    for (const [name, next] of CALLS) rows.push(...(await rowsOf(name, next, deployments)));
    const [writer, reader] = deployments.at(-1)?.instances ?? [];
    const { median, longest } = await replicaDelay(writer.url, reader.url);
    const table = [
      '| request | deployment | requests a second | p99, ms | service, ms of processor a request | primary | replica | PgBouncer | total |',
      '|---|---|---:|---:|---:|---:|---:|---:|---:|',
      ...rows,
    ].join('\n');
    return [
      table,
      `With the replica, the list of the other instance has a new event ${median.toFixed(0)} ms after the response to its creation (median of 100), and ${longest.toFixed(0)} ms at most. These times include that of the list.`,
    ].join('\n\n');
  } finally {
    for (const { instances } of deployments) for (const instance of instances) await instance.stop();
    await pgBouncer.stop();
    await standby.stop();
  }
}

async function startDeployments(
  server: ThrowAwayPostgres,
  url: string,
  pgBouncer: PgBouncer,
  standby: ThrowAwayPostgres,
): Promise<Deployment[]> {
  const primary = await postmasterPid(server);
  const alone = { primary, replica: null, pgBouncer: null };
  const pooled = pgBouncer.urlOf(url);
  const replicaUrl = new URL(standby.url);
  replicaUrl.pathname = new URL(url).pathname;
  const withReplica = { ...MODE, DATABASE_DIRECT_URL: url, DATABASE_REPLICA_URL: replicaUrl.href };
  return [
    { ...alone, name: 'one instance, no pooler', instances: await startInstances(1, url) },
    { ...alone, name: 'one instance, only the mode', instances: await startInstances(1, url, MODE) },
    {
      ...alone,
      name: 'one instance, PgBouncer',
      instances: await startInstances(1, pooled, MODE),
      pgBouncer: pgBouncer.pid,
    },
    {
      primary,
      name: 'two instances, PgBouncer, replica',
      instances: await startInstances(2, pooled, withReplica),
      pgBouncer: pgBouncer.pid,
      replica: await postmasterPid(standby),
    },
  ];
}

async function startInstances(
  count: number,
  url: string,
  variables: NodeJS.ProcessEnv = {},
): Promise<Instance[]> {
  const instances: Instance[] = [];
  while (instances.length < count) instances.push(await startInstance(url, variables));
  return instances;
}

async function rowsOf(name: string, next: () => Call, deployments: readonly Deployment[]): Promise<string[]> {
  const rounds = deployments.map((): Round[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, deployment] of deployments.entries())
      rounds[index].push(await measure(deployment, SECONDS, CALLERS, next));
  }
  const cheapest = rounds.map((each) => each.toSorted((a, b) => totalOf(a.cost) - totalOf(b.cost))[0]);
  const first = totalOf(cheapest[0].cost);
  return cheapest.map(({ calls, seconds, p99, cost }, index) => {
    const cells = [
      Math.round(calls / seconds).toLocaleString('en-US'),
      p99.toFixed(0),
      ...[cost.service, cost.primary, cost.replica, cost.pgBouncer].map((time) => time?.toFixed(2) ?? '–'),
      `${totalOf(cost).toFixed(2)} (${(totalOf(cost) / first).toFixed(2)}×)`,
    ];
    return `| ${name} | ${deployments[index].name} | ${cells.join(' | ')} |`;
  });
}
