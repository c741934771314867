import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import { callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { instant, newEvent, someone, usersOf, WEEK } from './load/requests.js';
import type { Call } from './load/send.js';
import type { Scenario } from './scenario.js';
import { addEvents, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf, EVENTS_EACH, USERS } from './scheduling/dataset.js';

const SECONDS = 8;
const CALLERS = 16;

/** Measures the cost of a request for the service and the server, and the requests that one machine serves. */
export const scenario: Scenario = {
  title: 'Load',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      const postmaster = await postmasterPid(server);
      const instances = [await startInstance(url), await startInstance(url)];
      const rows: string[] = [];
      for (const [name, next] of CALLS)
        for (const count of [1, 2]) rows.push(await rowOf(name, next, instances.slice(0, count), postmaster));
      for (const instance of instances) await instance.stop();
      return [
        `${USERS} users with ${EVENTS_EACH.toLocaleString('en-US')} events each, \`fsync\` on; ${CALLERS} clients for ${SECONDS} s. Service, server and clients share the processors. So the processor time of a request applies to another machine, and the requests a second do not.`,
        [
          '| request | instances | requests a second | p99, ms | service, ms of processor a request | PostgreSQL, ms of processor a request |',
          '|---|---:|---:|---:|---:|---:|',
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
  ['change its title', () => ['PATCH', `/events/${someone()}`, { title: `Plan ${Math.random()}` }]],
  ['read an event', () => ['GET', `/events/${someone()}`]],
  ['list a week', () => ['GET', `/users/${someone()}/events?${WEEK}`]],
  ['free/busy of ten users for a week', () => ['GET', `/free-busy?${usersOf(10)}&${WEEK}`]],
  [
    'nearest hour of two users',
    () => ['GET', `/events:nearest-empty-time-interval?duration=1h&${usersOf(2)}&from=${instant(0)}`],
  ],
];

async function rowOf(
  name: string,
  next: () => Call,
  instances: readonly Instance[],
  postmaster: number,
): Promise<string> {
  const urls = instances.map(({ url }) => url);
  await callFor(1, CALLERS, urls, next);
  const before = await spent(instances, postmaster);
  const { calls, seconds, p99 } = await callFor(SECONDS, CALLERS, urls, next);
  const after = await spent(instances, postmaster);
  const cells = [
    name,
    String(instances.length),
    Math.round(calls / seconds).toLocaleString('en-US'),
    p99.toFixed(0),
    ((after.service - before.service) / calls).toFixed(2),
    ((after.server - before.server) / calls).toFixed(2),
  ];
  return `| ${cells.join(' | ')} |`;
}

async function spent(
  instances: readonly Instance[],
  postmaster: number,
): Promise<{ service: number; server: number }> {
  const times = await Promise.all(instances.map(async ({ pid }) => processorTime(pid)));
  return { service: times.reduce((sum, time) => sum + time, 0), server: await processorTime(postmaster) };
}
