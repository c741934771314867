import { startThrowAwayPostgres } from '@calendar-backend/embedded-postgres/testing';
import type { Client } from 'pg';
import { callFor } from './load/callers.js';
import { type Instance, startInstance } from './load/instance.js';
import { postmasterPid, processorTime } from './load/processor-time.js';
import { newEvent, someone, usersOf, WEEK } from './load/requests.js';
import type { Call } from './load/send.js';
import type { Scenario } from './scenario.js';
import { addEvents, connected, createUsers, newDatabase } from './scheduling/database.js';
import { calendarOf } from './scheduling/dataset.js';

const SECONDS = 4;
const ROUNDS = 5;
const CALLERS = 8;
const ROLE = 'guarded';
/** Statements that the service sends for one request, at the least. Each would need its tenant in its session. */
const SETTINGS = 2_000;

interface Way {
  readonly name: string;
  readonly instance: Instance;
}

/**
 * Measures row-level security of PostgreSQL as a second barrier between tenants. The role of the second instance has one
 * tenant for all its connections, so this is the cost of the policies alone, and the least that row-level security can
 * cost.
 */
export const scenario: Scenario = {
  title: 'Row-level security',
  run: async () => {
    const server = await startThrowAwayPostgres({});
    try {
      const url = await newDatabase(server.url, 'bench');
      await createUsers(url);
      await addEvents(url, calendarOf);
      const client = await connected(url);
      await guard(client);
      const setting = await settingTime(client);
      await client.end();
      const postmaster = await postmasterPid(server);
      const ways: Way[] = [
        { name: 'none', instance: await startInstance(url) },
        { name: 'policies', instance: await startInstance(asRole(url)) },
      ];
      const rows: string[] = [];
      for (const [name, next] of CALLS) rows.push(...(await rowsOf(name, next, ways, postmaster)));
      for (const { instance } of ways) await instance.stop();
      return [
        `${CALLERS} clients for ${SECONDS} s an instance and round, the instances in turn, the minimum of ${ROUNDS} rounds. In brackets: the ratio to the first row of the request, in the same run. "Policies": a role with row-level security on every table with a tenant; the tenant is a setting of the role, so no statement sets it.`,
        [
          '| request | row-level security | service, ms of processor a request | PostgreSQL | total |',
          '|---|---|---:|---:|---:|',
          ...rows,
        ].join('\n'),
        `A connection serves one tenant after the other, so a service would also set the tenant before each statement outside of a transaction. \`set_config\` alone takes ${setting.toFixed(3)} ms (one client, a round trip on the same machine).`,
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
  ['free/busy of ten users', () => ['GET', `/free-busy?${usersOf(10)}&${WEEK}`]],
];

async function guard(client: Client): Promise<void> {
  await client.query(`CREATE ROLE ${ROLE} LOGIN PASSWORD '${ROLE}'`);
  await client.query(`ALTER ROLE ${ROLE} SET calendar.tenant_id = '1'`);
  await client.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${ROLE}`);
  await client.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${ROLE}`);
  await client.query(`GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO ${ROLE}`);
  const { rows } = await client.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND column_name = 'tenant_id'`,
  );
  for (const { name } of rows) {
    await client.query(`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`);
    await client.query(
      `CREATE POLICY tenant ON ${name} USING (tenant_id = current_setting('calendar.tenant_id')::integer)`,
    );
  }
}

/** Milliseconds, the median of many. */
async function settingTime(client: Client): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < SETTINGS; at += 1) {
    const start = performance.now();
    await client.query({
      name: 'tenant',
      text: `SELECT set_config('calendar.tenant_id', $1, false)`,
      values: [String(1 + (at % 7))],
    });
    times.push(performance.now() - start);
  }
  return times.toSorted((a, b) => a - b)[SETTINGS / 2];
}

function asRole(url: string): string {
  const address = new URL(url);
  address.username = ROLE;
  address.password = ROLE;
  return address.href;
}

function total([service, database]: readonly [number, number]): number {
  return service + database;
}

async function rowsOf(
  name: string,
  next: () => Call,
  ways: readonly Way[],
  postmaster: number,
): Promise<string[]> {
  const costs = ways.map((): [number, number][] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, { instance }] of ways.entries()) {
      await callFor(1, CALLERS, [instance.url], next);
      costs[index].push(await costOf(instance, next, postmaster));
    }
  }
  const least = costs.map((each) => each.toSorted((a, b) => total(a) - total(b))[0]);
  return least.map(([service, database], index) => {
    const ratio = (service + database) / total(least[0]);
    const sum = `${(service + database).toFixed(2)} (${ratio.toFixed(2)}×)`;
    return `| ${name} | ${ways[index].name} | ${service.toFixed(2)} | ${database.toFixed(2)} | ${sum} |`;
  });
}

/** Milliseconds of processor time a request: of the service, and of PostgreSQL. */
async function costOf(instance: Instance, next: () => Call, postmaster: number): Promise<[number, number]> {
  const spent = async (): Promise<number[]> =>
    Promise.all([instance.pid, postmaster].map(async (pid) => processorTime(pid)));
  const before = await spent();
  const { calls } = await callFor(SECONDS, CALLERS, [instance.url], next);
  const after = await spent();
  return [(after[0] - before[0]) / calls, (after[1] - before[1]) / calls];
}
